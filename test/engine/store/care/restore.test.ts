import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../../src/engine/audit/chain.ts';
import { writeBackup } from '../../../../src/engine/store/care/backup.ts';
import { finishRestore } from '../../../../src/engine/store/care/pending-restore.ts';
import { restoreBackup, type Restored } from '../../../../src/engine/store/care/restore.ts';
import { dataFiles } from '../../../../src/engine/store/data-dir.ts';
import { openReader } from '../../../../src/engine/store/database.ts';
import { testClock } from '../../../support/clock.ts';
import { sweep, temporaryDir, testStore, type TestStore } from '../../../support/data-dir.ts';
import { manySessions } from '../../../support/many-sessions.ts';
import { NOON_MS, sessionRecord } from '../../../support/records.ts';
import { expectTalliesToBeRight, lookInto } from '../../../support/recount.ts';
import { storedKeys } from '../../../support/stored-keys.ts';

async function backUp(store: TestStore): Promise<string> {
  const { path } = await writeBackup({
    dataDir: store.dataDir,
    database: join(store.dataDir, 'sessionscope.db'),
    path: join(temporaryDir(), 'copy.backup'),
    replace: false,
    stamp: { madeAtMs: NOON_MS, madeBy: 'ann via cli', version: '1.2.3', identityKey: store.identityKey },
    check: (file) => store.read.checkBackup(file),
    report: () => undefined,
    signal: new AbortController().signal,
  });
  return path;
}

/** A backup of 20 sessions, made in a data directory that is closed by now. */
async function someBackup(): Promise<{ file: string; key: Buffer }> {
  const store = await testStore();
  await sweep(store, manySessions(20));
  const at = new Date(NOON_MS).toISOString();
  await store.write.appendAudit({ at, actor: 'ann', action: 'before.backup', detail: {} });
  const file = await backUp(store);
  await store.close();
  return { file, key: store.identityKey };
}

/** A data directory with one session of its own, closed. */
async function someData(): Promise<string> {
  const store = await testStore();
  await sweep(store, [sessionRecord({ key: 'old' })]);
  await store.close();
  return store.dataDir;
}

const restoreClock = testClock(NOON_MS + 86_400_000);
const restore = (file: string, dataDir: string, isConfirmed = true) =>
  restoreBackup({ file, dataDir, clock: restoreClock, actor: 'ann via cli', isConfirmed });

function restored(outcome: ReturnType<typeof restore>): Restored {
  if ('there' in outcome) throw new Error(`not confirmed: ${outcome.there}`);
  return outcome;
}

/** Every file of a folder with its content. */
const contents = (dataDir: string) =>
  Object.fromEntries(
    readdirSync(dataDir)
      .filter((name) => name !== 'engine.pid')
      .map((name) => [name, readFileSync(join(dataDir, name)).toString('base64')]),
  );

describe('a restore', () => {
  it('into an empty folder brings back the data, its key and its audit', async () => {
    const { file, key } = await someBackup();
    const dataDir = join(temporaryDir(), 'new');

    expect(restored(restore(file, dataDir))).toMatchObject({
      backup: { sessions: 20, users: 4, version: '1.2.3', madeAtMs: NOON_MS },
      movedTo: null,
      stoppedRevocations: [],
    });
    expect(readdirSync(dataDir).sort()).toEqual([
      'engine.lock',
      'engine.pid',
      'identity.key',
      'sessionscope.db',
    ]);
    for (const name of readdirSync(dataDir)) expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);

    const store = await testStore({ dataDir });
    expect(store.identityKey.equals(key)).toBe(true);
    expect((await store.read.sessions({ query: '', sort: null, limit: 1, cursor: null })).total).toBe(20);
    const audit = await store.read.auditFrom(0);
    expect(audit.map(({ action }) => action)).toEqual(['before.backup', 'data.restored']);
    expect(audit[1]).toMatchObject({
      actor: 'ann via cli',
      at: '2026-11-21T12:00:00.000Z',
      detail: { backupMadeAt: '2026-11-20T12:00:00.000Z', sessions: 20 },
    });
    expect((await verifyChain((seq) => store.read.auditFrom(seq))).ok).toBe(true);
    expectTalliesToBeRight(dataDir);
    expect(
      lookInto(dataDir, (db) => db.prepare("SELECT name FROM sqlite_schema WHERE name = 'backup'").all()),
    ).toEqual([]);
  });

  it('leaves no trace of the key in the database', async () => {
    const { file, key } = await someBackup();
    const dataDir = temporaryDir();
    restore(file, dataDir);
    expect(readFileSync(file).includes(key)).toBe(true);
    expect(readFileSync(join(dataDir, 'sessionscope.db')).includes(key)).toBe(false);
  });

  it('over data that is there changes nothing until it may', async () => {
    const { file } = await someBackup();
    const dataDir = await someData();
    const before = contents(dataDir);

    expect(restore(file, dataDir, false)).toMatchObject({
      there: expect.stringMatching(/^a database \(\d+ bytes, last changed /) as string,
    });
    expect(contents(dataDir)).toEqual(before);
  });

  it('moves what was there aside, whole and with its key', async () => {
    const { file, key } = await someBackup();
    const dataDir = await someData();
    const oldKey = readFileSync(join(dataDir, 'identity.key'));

    const { movedTo } = restored(restore(file, dataDir));
    expect(movedTo).toBe(join(dataDir, 'sessionscope.db.before-restore-2026-11-21T12-00-00-000Z'));
    const old = new Database(movedTo ?? '', { readonly: true });
    expect(storedKeys(old)).toEqual(['old']);
    old.close();
    const keyAside = join(dataDir, 'identity.key.before-restore-2026-11-21T12-00-00-000Z');
    expect(readFileSync(keyAside).equals(oldKey)).toBe(true);
    expect(readFileSync(join(dataDir, 'identity.key')).equals(key)).toBe(true);
  });

  it.each([
    { what: 'cut short', damage: (bytes: Buffer) => bytes.subarray(0, 10_000) },
    { what: 'with a beginning that is gone', damage: (bytes: Buffer) => bytes.fill(0, 0, 4_096) },
  ])('over a database $what works, and keeps that one as it was', async ({ damage }) => {
    const { file } = await someBackup();
    const dataDir = await someData();
    const database = join(dataDir, 'sessionscope.db');
    const damaged = damage(readFileSync(database));
    writeFileSync(database, damaged);

    const { movedTo } = restored(restore(file, dataDir));
    expect(
      readFileSync(movedTo ?? '')
        .subarray(100)
        .equals(damaged.subarray(100)),
    ).toBe(true);
    const store = await testStore({ dataDir });
    expect((await store.read.sessions({ query: '', sort: null, limit: 1, cursor: null })).total).toBe(20);
  });

  it('over what SQLite can not open moves the journal aside as well, or it would be played into the new database', async () => {
    const { file } = await someBackup();
    const dataDir = await someData();
    const database = join(dataDir, 'sessionscope.db');
    writeFileSync(database, 'dear diary');
    writeFileSync(`${database}-wal`, 'the last pages');

    const { movedTo } = restored(restore(file, dataDir));
    expect(readFileSync(movedTo ?? '', 'utf8')).toBe('dear diary');
    expect(readFileSync(`${movedTo ?? ''}-wal`, 'utf8')).toBe('the last pages');
    expect(existsSync(`${database}-wal`)).toBe(false);
  });

  it('takes committed pages that are still in the journal along when it moves a database aside', async () => {
    const { file } = await someBackup();
    const dataDir = await someData();
    const writer = await testStore({ dataDir });
    await sweep(writer, [sessionRecord({ key: 'in the journal' })]);
    const killed = temporaryDir();
    for (const name of readdirSync(dataDir)) copyFileSync(join(dataDir, name), join(killed, name));
    expect(statSync(join(killed, 'sessionscope.db-wal')).size).toBeGreaterThan(0);

    const { movedTo } = restored(restore(file, killed));
    const old = new Database(movedTo ?? '', { readonly: true });
    expect(storedKeys(old)).toEqual(['in the journal', 'old']);
    old.close();
  });

  it('while another process works or only reads there is refused, and nothing is changed', async () => {
    const { file } = await someBackup();
    const holder = await testStore();
    await sweep(holder, [sessionRecord()]);
    expect(() => restore(file, holder.dataDir)).toThrow(
      `Process ${process.pid} works in this data directory`,
    );
    await holder.close();

    const reading = openReader(join(holder.dataDir, 'sessionscope.db'));
    reading.prepare('SELECT count(*) FROM session').get();
    expect(() => restore(file, holder.dataDir)).toThrow('Another Sessionscope reads this data directory');
    reading.close();
    const store = await testStore({ dataDir: holder.dataDir });
    expect(await store.read.session('ann-laptop')).not.toBeNull();
  });

  it.each([
    {
      what: 'cut short',
      damage: (bytes: Buffer) => bytes.subarray(0, bytes.length - 4_096),
      says: 'damaged',
    },
    {
      what: 'with flipped bytes in the middle',
      damage: (bytes: Buffer) => bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 8_192),
      says: 'damaged',
    },
    {
      what: 'from a newer version',
      damage: (bytes: Buffer) => (bytes.writeUInt32BE(9_990, 60), bytes),
      says: 'newer Sessionscope (schema 9990',
    },
    {
      what: 'of another program',
      damage: (bytes: Buffer) => (bytes.writeUInt32BE(1, 68), bytes),
      says: 'not a backup',
    },
    { what: 'that is no database', damage: () => Buffer.from('dear diary'), says: 'not a backup' },
  ])('of a backup $what is refused before anything is touched', async ({ damage, says }) => {
    const { file } = await someBackup();
    writeFileSync(file, damage(readFileSync(file)));
    const dataDir = await someData();
    const before = contents(dataDir);

    expect(() => restore(file, dataDir)).toThrow(says);
    expect(contents(dataDir)).toEqual(before);
  });

  it('of a backup without its key is refused', async () => {
    const { file } = await someBackup();
    const db = new Database(file);
    db.prepare("UPDATE backup SET identity_key = x'00'").run();
    db.close();
    expect(() => restore(file, temporaryDir())).toThrow('damaged');
  });

  it('stops the revocations that were under way when the backup was made', async () => {
    const store = await testStore();
    await store.write.createRevocation({ id: 'job', reason: 'incident 42', createdAtMs: NOON_MS, items: [] });
    await store.write.setRevocationState('job', 'running', null);
    const file = await backUp(store);
    const dataDir = temporaryDir();

    expect(restored(restore(file, dataDir)).stoppedRevocations).toEqual(['job']);
    const again = await testStore({ dataDir });
    expect(await again.read.unfinishedRevocations()).toEqual([]);
    expect(await again.read.revocation('job')).toMatchObject({ state: 'stopped' });
  });

  it('counts anew what a damaged tally counted wrong', async () => {
    const store = await testStore();
    await sweep(store, manySessions(10));
    lookInto(store.dataDir, (db) =>
      db.exec('UPDATE session_tally SET sessions = 77; UPDATE user SET sessions = 78'),
    );
    const dataDir = temporaryDir();
    restore(await backUp(store), dataDir);
    expectTalliesToBeRight(dataDir);
  });

  it('over a folder in the place of the database is refused', async () => {
    const { file } = await someBackup();
    const dataDir = temporaryDir();
    mkdirSync(join(dataDir, 'sessionscope.db'));
    expect(() => restore(file, dataDir)).toThrow('There is a folder in the place of the database');
  });
});

describe('a restore that was cut off', () => {
  /** A data directory in which a restore is complete but for putting things in place. */
  async function complete(): Promise<{ dataDir: string; key: Buffer }> {
    const { file, key } = await someBackup();
    const dataDir = await someData();
    copyFileSync(file, join(dataDir, 'sessionscope.db.restored'));
    return { dataDir, key };
  }

  it('before it was complete leaves the old data', async () => {
    const { file } = await someBackup();
    const dataDir = await someData();
    copyFileSync(file, join(dataDir, 'sessionscope.db.restoring'));
    truncateSync(join(dataDir, 'sessionscope.db.restoring'), 5_000);

    const store = await testStore({ dataDir });
    expect(await store.read.session('old')).not.toBeNull();
    await store.close();
    restore(file, dataDir);
    expect(readdirSync(dataDir).filter((name) => name.endsWith('.restoring'))).toEqual([]);
  });

  const steps: readonly { after: string; cutOff: (dataDir: string, key: Buffer) => void }[] = [
    { after: 'it was complete', cutOff: () => undefined },
    {
      after: 'the key was moved',
      cutOff: (dataDir) =>
        renameSync(
          join(dataDir, 'identity.key'),
          join(dataDir, 'identity.key.before-restore-1970-01-01T00-00-00-000Z'),
        ),
    },
    {
      after: 'the key was placed',
      cutOff: (dataDir, key) => {
        renameSync(
          join(dataDir, 'identity.key'),
          join(dataDir, 'identity.key.before-restore-1970-01-01T00-00-00-000Z'),
        );
        writeFileSync(join(dataDir, 'identity.key'), key, { mode: 0o600 });
      },
    },
    {
      after: 'the old database was moved',
      cutOff: (dataDir, key) => {
        writeFileSync(join(dataDir, 'identity.key'), key, { mode: 0o600 });
        const database = join(dataDir, 'sessionscope.db');
        renameSync(database, `${database}.before-restore-1970-01-01T00-00-00-000Z`);
      },
    },
    {
      after: 'the backup became a database',
      cutOff: (dataDir, key) => {
        writeFileSync(join(dataDir, 'identity.key'), key, { mode: 0o600 });
        const database = join(dataDir, 'sessionscope.db');
        copyFileSync(database, `${database}.before-restore-1970-01-01T00-00-00-000Z`);
        const db = new Database(`${database}.restored`);
        db.exec('DROP TABLE backup');
        db.close();
      },
    },
  ];

  it.each(steps)('after $after is ended by the next start', async ({ cutOff }) => {
    const { dataDir, key } = await complete();
    cutOff(dataDir, key);

    const store = await testStore({ dataDir });
    expect((await store.read.sessions({ query: '', sort: null, limit: 1, cursor: null })).total).toBe(20);
    expect(store.identityKey.equals(key)).toBe(true);
    const aside = readdirSync(dataDir).find((name) => name.startsWith('sessionscope.db.before-restore'));
    const old = new Database(join(dataDir, aside ?? ''), { readonly: true });
    expect(storedKeys(old)).toEqual(['old']);
    old.close();
    await store.close();
    expect(finishRestore(dataFiles(dataDir))).toBe(false);
  });
});
