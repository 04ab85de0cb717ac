import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { writeBackup, type BackupInput } from '../../../../src/engine/store/care/backup.ts';
import { stampOf } from '../../../../src/engine/store/care/check-backup.ts';
import { sweep, temporaryDir, testStore, type TestStore } from '../../../support/data-dir.ts';
import { manySessions } from '../../../support/many-sessions.ts';
import { NOON_MS, sessionRecord } from '../../../support/records.ts';
import { storedKeys } from '../../../support/stored-keys.ts';

const never = new AbortController().signal;

function inputOf(store: TestStore, over: Partial<BackupInput> = {}): BackupInput {
  return {
    dataDir: store.dataDir,
    database: join(store.dataDir, 'sessionscope.db'),
    path: join(temporaryDir(), 'copy.backup'),
    replace: false,
    stamp: { madeAtMs: NOON_MS, madeBy: 'ann via cli', version: '1.2.3', identityKey: store.identityKey },
    check: (file) => store.read.checkBackup(file),
    report: () => undefined,
    signal: never,
    ...over,
  };
}

const keysIn = (file: string) => {
  const db = new Database(file, { readonly: true });
  const keys = storedKeys(db);
  db.close();
  return keys;
};

describe('a backup', () => {
  it('is one private file with everything in it, the identity key and where it is from', async () => {
    const store = await testStore();
    await sweep(store, manySessions(50));
    const input = inputOf(store);

    const done = await writeBackup(input);
    expect(done).toEqual({
      path: input.path,
      bytes: statSync(input.path).size,
      madeAt: '2026-11-20T12:00:00.000Z',
      sessions: 50,
    });
    expect(readdirSync(join(input.path, '..'))).toEqual(['copy.backup']);
    expect(statSync(input.path).mode & 0o777).toBe(0o600);
    expect(keysIn(input.path)).toEqual(keysIn(join(store.dataDir, 'sessionscope.db')));
    expect(stampOf(input.path)).toEqual({ ...input.stamp, restoredAtMs: null });
    expect(readFileSync(input.path).subarray(18, 20)).toEqual(Buffer.from([1, 1]));
  });

  it('is of one moment, however much is written while it is made, and ends', async () => {
    const store = await testStore();
    await sweep(store, manySessions(8_000));
    let steps = 0;
    let writing: Promise<unknown> = Promise.resolve();
    const told: number[] = [];
    const input = inputOf(store, {
      report: (bytes, totalBytes) => {
        steps += 1;
        told.push(bytes / totalBytes);
        const key = `meanwhile-${steps}`;
        writing = writing.then(() => sweep(store, [sessionRecord({ key, hint: key })], { complete: false }));
      },
    });

    expect((await writeBackup(input)).sessions).toBe(8_000);
    await writing;
    expect(steps).toBeGreaterThan(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(keysIn(join(store.dataDir, 'sessionscope.db'))).toHaveLength(8_000 + steps);
  });

  it('never takes the place of a file unless it may', async () => {
    const store = await testStore();
    const input = inputOf(store);
    writeFileSync(input.path, 'precious');
    await expect(writeBackup(input)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('--force') as string,
    });
    expect(readFileSync(input.path, 'utf8')).toBe('precious');

    await writeBackup({ ...input, replace: true });
    expect(keysIn(input.path)).toEqual([]);
  });

  it('does not take the place of a file that came while it was made', async () => {
    const store = await testStore();
    const input = inputOf(store);
    const check = async (file: string) => {
      writeFileSync(input.path, 'precious');
      return store.read.checkBackup(file);
    };
    await expect(writeBackup({ ...input, check })).rejects.toThrow();
    expect(readFileSync(input.path, 'utf8')).toBe('precious');
    expect(readdirSync(join(input.path, '..'))).toEqual(['copy.backup']);
  });

  it('never takes the place of the data itself', async () => {
    const store = await testStore();
    const link = join(temporaryDir(), 'link');
    symlinkSync(store.dataDir, link);
    for (const name of ['sessionscope.db', 'sessionscope.db-wal', 'identity.key', 'engine.lock']) {
      for (const folder of [store.dataDir, link]) {
        await expect(
          writeBackup(inputOf(store, { path: join(folder, name), replace: true })),
        ).rejects.toMatchObject({ code: 'refused' });
      }
    }
    await sweep(store, [sessionRecord()]);
    expect(await store.read.session('ann-laptop')).not.toBeNull();
  });

  it.each([
    {
      what: 'a folder that is not there',
      path: (dir: string) => join(dir, 'no', 'copy'),
      says: 'folder does not exist',
    },
    { what: 'a folder', path: (dir: string) => dir, says: 'is a folder' },
    { what: 'a path below a file', path: (dir: string) => join(dir, 'file', 'copy'), says: 'is no folder' },
    { what: 'a relative path', path: () => 'copy.backup', says: 'must be absolute' },
  ])('to $what is refused in a sentence', async ({ path, says }) => {
    const store = await testStore();
    const dir = temporaryDir();
    writeFileSync(join(dir, 'file'), '');
    await expect(writeBackup(inputOf(store, { path: path(dir) }))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(says) as string,
    });
    expect(readdirSync(dir)).toEqual(['file']);
  });

  it('that is cancelled leaves nothing', async () => {
    const store = await testStore();
    await sweep(store, manySessions(8_000));
    const cancelled = new AbortController();
    const input = inputOf(store, { signal: cancelled.signal, report: () => cancelled.abort() });
    await expect(writeBackup(input)).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(join(input.path, '..'))).toEqual([]);
  });

  it('of a damaged database is not kept, and an older one stays', async () => {
    const store = await testStore();
    await sweep(store, manySessions(500));
    const input = inputOf(store, { replace: true });
    writeFileSync(input.path, 'older');
    await store.close();
    const file = join(store.dataDir, 'sessionscope.db');
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length * 0.7);
    bytes.fill(0xff, middle, middle + 8_192);
    writeFileSync(file, bytes);
    const damaged = await testStore({ dataDir: store.dataDir }).catch(() => null);
    if (damaged === null) throw new Error('the damage was meant to be met later');

    await expect(
      writeBackup({ ...input, check: (copy) => damaged.read.checkBackup(copy) }),
    ).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('damaged') as string });
    expect(readFileSync(input.path, 'utf8')).toBe('older');
    expect(readdirSync(join(input.path, '..'))).toEqual(['copy.backup']);
  });
});

describe('checking a backup', () => {
  it('refuses what is none, without opening it', async () => {
    const store = await testStore();
    const dir = temporaryDir();
    const diary = join(dir, 'diary');
    writeFileSync(diary, 'dear diary '.repeat(100));
    const other = join(dir, 'other');
    new Database(other).exec('CREATE TABLE recipe (id INTEGER PRIMARY KEY)').close();
    const live = join(dir, 'live');
    copyFileSync(join(store.dataDir, 'sessionscope.db'), live);
    const empty = join(dir, 'empty');
    writeFileSync(empty, '');
    for (const file of [diary, other, live, empty]) {
      await expect(store.read.checkBackup(file)).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringContaining('not a backup') as string,
      });
    }
    mkdirSync(join(dir, 'folder'));
    for (const file of [join(dir, 'folder'), join(dir, 'missing')])
      await expect(store.read.checkBackup(file)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(existsSync(`${other}-journal`)).toBe(false);
  });
});
