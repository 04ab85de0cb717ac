import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWriter } from '../../../src/engine/store/database.ts';
import { answer } from '../../../src/engine/store/fault.ts';
import { migrations } from '../../../src/engine/store/migrations/migrations.ts';
import { openStore } from '../../../src/engine/store/open-store.ts';
import { testClock } from '../../support/clock.ts';
import { sweep, temporaryDir, testStore } from '../../support/data-dir.ts';
import { testLog } from '../../support/log.ts';
import { manySessions } from '../../support/many-sessions.ts';
import { account, batch, NOON_MS, sessionRecord, traits } from '../../support/records.ts';
import { defaultThread } from '../../support/store-thread.ts';

async function open(dataDir: string) {
  const store = await openStore({
    dataDir,
    clock: testClock(),
    logger: testLog().logger,
    thread: defaultThread,
    traitsOf: () => traits,
  });
  onTestFinished(() => store.close());
  return store;
}

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('a data directory', () => {
  it('that can not be made is refused in a sentence, wherever it is', async () => {
    const file = join(temporaryDir(), 'file');
    writeFileSync(file, '');
    for (const dataDir of [file, join(file, 'below'), '/proc/sessionscope']) {
      await expect(open(dataDir)).rejects.toThrow(/can ?not be used .*--data-dir/);
    }
  });

  it('is made with its files for nobody else', async () => {
    const dataDir = join(temporaryDir(), 'new', 'data');
    const store = await open(dataDir);
    await store.write?.appendAudit({
      at: new Date(NOON_MS).toISOString(),
      actor: 'ann',
      action: 'a',
      detail: {},
    });

    expect(modeOf(dataDir)).toBe(0o700);
    for (const file of [
      'sessionscope.db',
      'sessionscope.db-wal',
      'sessionscope.db-shm',
      'identity.key',
      'engine.pid',
    ]) {
      expect([file, modeOf(join(dataDir, file))]).toEqual([file, 0o600]);
    }
  });

  it('keeps its identity key', async () => {
    const dataDir = temporaryDir();
    const first = await open(dataDir);
    await first.close();
    const second = await open(dataDir);

    expect(first.identityKey).toHaveLength(32);
    expect(second.identityKey.equals(first.identityKey)).toBe(true);
  });

  it('with a damaged identity key is refused', async () => {
    const dataDir = temporaryDir();
    writeFileSync(join(dataDir, 'identity.key'), 'short');
    await expect(open(dataDir)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('identity.key') as string,
    });
  });

  it('that has lost its identity key is refused and gets no new one, which would rename every session', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.close();
    const before = readFileSync(join(store.dataDir, 'sessionscope.db'));
    rmSync(join(store.dataDir, 'identity.key'));

    await expect(open(store.dataDir)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/identity\.key .* is missing.*restore a backup/) as string,
    });
    expect(existsSync(join(store.dataDir, 'identity.key'))).toBe(false);
    expect(readFileSync(join(store.dataDir, 'sessionscope.db')).equals(before)).toBe(true);
  });

  it('that cannot be made is refused', async () => {
    const file = join(temporaryDir(), 'file');
    writeFileSync(file, '');
    await expect(open(join(file, 'data'))).rejects.toMatchObject({ code: 'refused' });
  });

  it('keeps what was stored when it is opened again, and closes without a journal', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.close();

    expect(existsSync(join(store.dataDir, 'sessionscope.db-wal'))).toBe(false);
    const again = await open(store.dataDir);
    expect((await again.read.session('ann-laptop'))?.city).toBe('Berlin');
  });
});

describe('a database file', () => {
  const withFile = (content: string | Buffer) => {
    const dataDir = temporaryDir();
    writeFileSync(join(dataDir, 'sessionscope.db'), content);
    return dataDir;
  };

  it('that is no database is refused and left as it was', async () => {
    const dataDir = withFile('dear diary '.repeat(1000));
    await expect(open(dataDir)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('not a Sessionscope database') as string,
    });
    expect(readFileSync(join(dataDir, 'sessionscope.db'), 'utf8')).toBe('dear diary '.repeat(1000));
  });

  it('of another program is refused and left as it was', async () => {
    const dataDir = temporaryDir();
    const other = new Database(join(dataDir, 'sessionscope.db'));
    other.exec('CREATE TABLE recipe (id INTEGER PRIMARY KEY)');
    other.close();
    await expect(open(dataDir)).rejects.toThrow('belongs to another program');
    const after = new Database(join(dataDir, 'sessionscope.db'));
    expect(after.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['recipe']);
    after.close();
  });

  it('of a newer version is refused and left as it was', async () => {
    const store = await testStore();
    await store.close();
    const file = join(store.dataDir, 'sessionscope.db');
    const newer = new Database(file);
    newer.pragma('user_version = 9990');
    newer.close();
    const before = readFileSync(file);

    await expect(open(store.dataDir)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('written by a newer Sessionscope (schema 9990') as string,
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('that is read-only is refused', async () => {
    const store = await testStore();
    await store.close();
    chmodSync(join(store.dataDir, 'sessionscope.db'), 0o400);
    await expect(open(store.dataDir)).rejects.toThrow('is read-only');
  });

  it('that is damaged says so, on opening or when the damage is met, and never writes over it', async () => {
    const store = await testStore();
    await sweep(store, manySessions(300));
    await store.close();
    truncateSync(join(store.dataDir, 'sessionscope.db'), 40_960);

    const read = open(store.dataDir).then((damaged) =>
      damaged.read.sessions({ query: '', sort: null, limit: 500, cursor: null }),
    );
    await expect(read).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('damaged') as string,
    });
  });

  it('that is a folder is refused', async () => {
    const dataDir = temporaryDir();
    mkdirSync(join(dataDir, 'sessionscope.db'));
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'refused' });
  });

  it('is brought up to date step by step and keeps its rows', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.close();
    const next = {
      version: 9_990,
      sql: 'CREATE TABLE of_the_future (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;',
    };
    const db = openWriter(join(store.dataDir, 'sessionscope.db'), [...migrations, next]);

    expect(db.pragma('user_version', { simple: true })).toBe(9_990);
    expect(db.prepare('SELECT count(*) FROM session').pluck().get()).toBe(1);
    expect(db.prepare('SELECT count(*) FROM of_the_future').pluck().get()).toBe(0);
    db.close();
  });

  it('stays at the version before a step that fails', async () => {
    const store = await testStore();
    await store.close();
    const file = join(store.dataDir, 'sessionscope.db');
    const broken = { version: 9_990, sql: 'CREATE TABLE of_the_future (id INTEGER); SELECT nonsense;' };

    expect(() => openWriter(file, [...migrations, broken])).toThrow();
    const after = openWriter(file);
    expect(
      after.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'of_the_future'").pluck().get(),
    ).toBe(0);
    after.close();
  });
});

describe('a disk', () => {
  it('that is full is named, and what was stored stays', async () => {
    const store = await testStore();
    await store.close();
    const db = openWriter(join(store.dataDir, 'sessionscope.db'));
    onTestFinished(() => void db.close());
    db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
    const fill = answer(() =>
      db.prepare('INSERT INTO agent (text, folded) VALUES (?, ?)').run('x', 'x'.repeat(1_000_000)),
    );

    await expect(fill).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('The disk is full') as string,
    });
    expect(db.prepare('SELECT count(*) FROM source').pluck().get()).toBe(1);
  });
});

describe('a second engine', () => {
  it('in the same data directory reads and does not write', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    const second = await open(store.dataDir);

    expect(second.write).toBeNull();
    expect(second.heldByPid).toBe(process.pid);
    expect((await second.read.session('ann-laptop'))?.userName).toBe('Ann');
    await sweep(store, [sessionRecord(), sessionRecord({ key: 'later' })]);
    expect(await second.read.session('later')).not.toBeNull();
  });

  it('writes once the first one has closed', async () => {
    const store = await testStore();
    await store.close();
    const second = await open(store.dataDir);

    expect(second.heldByPid).toBeNull();
    expect(second.write).not.toBeNull();
  });

  it('names the process that holds the directory, and takes over when that one is killed', async () => {
    const dataDir = temporaryDir();
    const child = spawn(process.execPath, ['--input-type=module', '-e', holdAndSweep(dataDir)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');

    const second = await open(dataDir);
    expect(second.write).toBeNull();
    expect(second.heldByPid).toBe(child.pid);
    expect((await second.read.session('ann-laptop'))?.state).toBe('active');
    await second.close();

    child.kill('SIGKILL');
    await once(child, 'exit');
    const third = await open(dataDir);
    expect(third.write).not.toBeNull();
    expect((await third.read.session('ann-laptop'))?.state).toBe('active');
  });
});

/** Another process: holds the directory, stores a page of a sweep and never finishes it. */
function holdAndSweep(dataDir: string): string {
  const at = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);
  return `
    import { openStore } from ${at('src/engine/store/open-store.ts')};
    const clock = { now: () => ${NOON_MS} };
    const store = await openStore({ dataDir: ${JSON.stringify(dataDir)}, clock, logger: console,
      thread: ${JSON.stringify(defaultThread)}, traitsOf: () => (${JSON.stringify(traits)}) });
    await store.write.putSource({ id: 'chat', kind: 'rocketchat', mode: 'admin', url: 'http://127.0.0.1:1',
      auth: { userId: 'u', token: { env: 'T' } } }, false);
    const sweep = await store.write.beginSweep('chat', ${JSON.stringify(account())}, ${NOON_MS});
    await store.write.ingest(sweep, ${JSON.stringify(batch({ rows: [sessionRecord()] }))}, ${NOON_MS});
    console.log('ready');
    setInterval(() => {}, 1000);
  `;
}

describe('a sweep that was cut off', () => {
  it('is closed as incomplete, keeps its pages and ends nothing', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord(), sessionRecord({ key: 'other' })]);
    const cut = await store.write.beginSweep('chat', account(), NOON_MS);
    await store.write.ingest(cut, batch({ rows: [sessionRecord({ key: 'third' })] }), NOON_MS);
    await store.close();

    const again = await testStore({ dataDir: store.dataDir });
    const states = await Promise.all(['ann-laptop', 'other', 'third'].map((key) => again.read.session(key)));
    expect(states.map((session) => session?.state)).toEqual(['active', 'active', 'active']);
    await expect(again.write.ingest(cut, batch(), NOON_MS)).rejects.toMatchObject({ code: 'conflict' });
    const db = new Database(join(store.dataDir, 'sessionscope.db'), { readonly: true });
    expect(db.prepare('SELECT is_complete, problem_code FROM sweep ORDER BY id').raw().all()).toEqual([
      [1, null],
      [0, 'incomplete'],
    ]);
    db.close();
  });

  it('leaves no half page behind', async () => {
    const store = await testStore();
    const number = await store.write.beginSweep('chat', account(), NOON_MS);
    const broken = { ...sessionRecord({ key: 'broken' }), hint: null as unknown as string };
    const page = batch({ rows: [sessionRecord(), broken] });

    await expect(store.write.ingest(number, page, NOON_MS)).rejects.toThrow();
    expect(await store.read.session('ann-laptop')).toBeNull();
    await store.write.ingest(number, batch({ rows: [sessionRecord()] }), NOON_MS);
    expect((await store.read.session('ann-laptop'))?.city).toBe('Berlin');
  });
});
