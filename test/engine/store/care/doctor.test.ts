import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { examine } from '../../../../src/engine/store/care/doctor.ts';
import type { Examination } from '../../../../src/engine/store/care/examination.ts';
import { newest } from '../../../../src/engine/store/database.ts';
import { first } from '../../../../src/engine/store/migrations/0010-first.ts';
import { sweep, temporaryDir, testStore } from '../../../support/data-dir.ts';
import { manySessions } from '../../../support/many-sessions.ts';
import { ruleFinding } from '../../../support/records.ts';
import { lookInto } from '../../../support/recount.ts';
import { found } from '../../../support/found.ts';

/** A data directory with sessions, closed. */
async function someData(): Promise<string> {
  const store = await testStore();
  await sweep(store, manySessions(300));
  const threeDaysOn = store.clock.now() + 3 * 86_400_000;
  while (!(await store.write.settleDays(threeDaysOn)).done);
  await store.write.saveFindings([found(1, ruleFinding())]);
  await store.close();
  return store.dataDir;
}

/** Every file of a folder with its mode and content; SQLite's shared memory is a cache. */
const contents = (dataDir: string) =>
  readdirSync(dataDir)
    .filter((name) => !name.endsWith('-shm'))
    .map((name) => {
      const file = join(dataDir, name);
      const { mode } = statSync(file);
      return [name, mode, statSync(file).isFile() ? readFileSync(file).toString('base64') : null];
    });

/** Looks, and holds that looking changed nothing. */
function look(dataDir: string, full = false): Examination {
  const before = contents(dataDir);
  const examination = examine(dataDir, full);
  expect(contents(dataDir)).toEqual(before);
  expect(examination.healthy).toBe(examination.problems.length === 0);
  for (const { what, todo } of [...examination.problems, ...examination.notes]) {
    expect(what).toMatch(/^[A-Z].*\.$/);
    expect(todo).toMatch(/[.]$/);
  }
  return examination;
}

const aboutOf = ({ problems }: Examination) => problems.map(({ about }) => about);

describe('a doctor who looks at a healthy directory', () => {
  it.each([false, true])('says what is in it and how large it is (full: %s)', async (full) => {
    const dataDir = await someData();
    const { problems, notes, database, sizes, ...rest } = look(dataDir, full);

    expect([problems, notes]).toEqual([[], []]);
    expect(database).toEqual({
      schema: newest(),
      knownSchema: newest(),
      checked: full ? 'full' : 'quick',
      sources: 1,
      users: 4,
      sessions: 300,
      observations: 300,
      events: expect.any(Number) as number,
      findings: 1,
      auditEntries: 0,
    });
    const bytes = statSync(join(dataDir, 'sessionscope.db')).size;
    expect(sizes).toMatchObject({ databaseBytes: bytes, walBytes: 0, freeBytes: 0 });
    const parts = sizes?.parts ?? [];
    expect(parts.reduce((total, part) => total + part.bytes, 0)).toBeGreaterThan(bytes * 0.95);
    expect(parts.find(({ name }) => name === 'session_by_start')?.table).toBe('session');
    const ofSessions = parts.filter(({ table }) => table === 'session' || table === 'session_alias');
    const bytesOfSessions = ofSessions.reduce((total, part) => total + part.bytes, 0);
    expect(sizes?.bytesPerSession).toBe(Math.round(bytesOfSessions / 300));
    expect(sizes?.bytesPerObservation).toBeGreaterThan(20);
    expect(rest).toMatchObject({
      dataDir,
      healthy: true,
      heldByPid: null,
      retentionDays: null,
      lastCompleteSweepAt: '2026-11-20T12:00:00.000Z',
    });
    expect(rest.freeDiskBytes).toBeGreaterThan(0);
  });

  it('reads what a killed process left in the journal, and leaves it there', async () => {
    const store = await testStore();
    await sweep(store, manySessions(10));
    const killed = temporaryDir();
    chmodSync(killed, 0o700);
    for (const name of readdirSync(store.dataDir)) {
      if (name.endsWith('-shm')) continue;
      writeFileSync(join(killed, name), readFileSync(join(store.dataDir, name)), { mode: 0o600 });
    }
    expect(look(killed)).toMatchObject({ healthy: true, database: { sessions: 10 }, heldByPid: null });
  });

  it('says that an older database will be brought up to date', async () => {
    const dataDir = await someData();
    rmSync(join(dataDir, 'sessionscope.db'));
    const db = new Database(join(dataDir, 'sessionscope.db'));
    chmodSync(join(dataDir, 'sessionscope.db'), 0o600);
    db.pragma('application_id = 1397052243');
    db.exec(first);
    db.pragma('user_version = 10');
    db.close();

    const { healthy, notes, database } = look(dataDir, true);
    expect([healthy, notes.map(({ about }) => about), database?.schema]).toEqual([true, ['schema'], 10]);
  });

  it('says that there is nothing in an empty one', async () => {
    const dataDir = temporaryDir();
    chmodSync(dataDir, 0o700);
    writeFileSync(join(dataDir, 'sessionscope.db'), '', { mode: 0o600 });
    expect(look(dataDir)).toMatchObject({ healthy: true, database: null, notes: [{ about: 'file' }] });
  });
});

describe('a doctor who looks at a sick directory', () => {
  const cases: readonly { what: string; about: string; hurt: (dataDir: string, file: string) => void }[] = [
    { what: 'no database', about: 'file', hurt: (_, file) => rmSync(file) },
    {
      what: 'a folder for a database',
      about: 'file',
      hurt: (_, file) => {
        rmSync(file);
        mkdirSync(file);
        chmodSync(file, 0o600);
      },
    },
    { what: 'a diary for a database', about: 'file', hurt: (_, file) => writeFileSync(file, 'dear diary') },
    { what: 'a database cut short', about: 'integrity', hurt: (_, file) => truncateSync(file, 40_960) },
    {
      what: 'flipped bytes in the middle',
      about: 'integrity',
      hurt: (_, file) => {
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 8_192));
      },
    },
    {
      what: 'the database of another program',
      about: 'file',
      hurt: (dataDir) => lookInto(dataDir, (db) => db.pragma('application_id = 7')),
    },
    {
      what: 'a database from the future',
      about: 'schema',
      hurt: (dataDir) => lookInto(dataDir, (db) => db.pragma('user_version = 9990')),
    },
    { what: 'no key', about: 'identity-key', hurt: (dataDir) => rmSync(join(dataDir, 'identity.key')) },
    {
      what: 'half a key',
      about: 'identity-key',
      hurt: (dataDir) => truncateSync(join(dataDir, 'identity.key'), 16),
    },
    { what: 'a database that others may read', about: 'modes', hurt: (_, file) => chmodSync(file, 0o644) },
    { what: 'a read-only database', about: 'file', hurt: (_, file) => chmodSync(file, 0o400) },
    {
      what: 'wrong counts of sessions',
      about: 'tallies',
      hurt: (dataDir) =>
        lookInto(dataDir, (db) => db.exec('UPDATE session_tally SET sessions = sessions + 1')),
    },
    {
      what: 'counts of sessions that are missing',
      about: 'tallies',
      hurt: (dataDir) => lookInto(dataDir, (db) => db.exec('DELETE FROM session_tally')),
    },
    {
      what: 'wrong counts of a user',
      about: 'tallies',
      hurt: (dataDir) =>
        lookInto(dataDir, (db) => db.exec('UPDATE user SET live_sessions = 99 WHERE id = 1')),
    },
    {
      what: 'wrong counts of findings',
      about: 'tallies',
      hurt: (dataDir) =>
        lookInto(dataDir, (db) => db.exec('UPDATE user SET open_findings = 99 WHERE id = 1')),
    },
    {
      what: 'wrong counts of a day',
      about: 'tallies',
      hurt: (dataDir) => {
        const { changes } = lookInto(dataDir, (db) => db.prepare("UPDATE org_day SET tallies = x'00'").run());
        expect(changes).toBeGreaterThan(0);
      },
    },
    {
      what: 'wrong moments of first observation',
      about: 'tallies',
      hurt: (dataDir) => lookInto(dataDir, (db) => db.exec('UPDATE arrival SET last_at = first_at - 1')),
    },
  ];
  it.each(cases)('names it and what to do, and leaves it: $what', async ({ about, hurt }) => {
    const dataDir = await someData();
    hurt(dataDir, join(dataDir, 'sessionscope.db'));
    expect(aboutOf(look(dataDir))).toEqual([about]);
  });

  it('finds with --full what refers to rows that are not there', async () => {
    const dataDir = await someData();
    lookInto(dataDir, (db) => {
      db.pragma('foreign_keys = OFF');
      db.exec('DELETE FROM listing');
    });
    expect(look(dataDir).healthy).toBe(true);
    expect(aboutOf(look(dataDir, true))).toEqual(['integrity']);
  });

  it('finds with --full an index that misses a row', async () => {
    const dataDir = await someData();
    const index = lookInto(dataDir, (db) =>
      db
        .prepare(
          "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = 'session_by_start'",
        )
        .raw()
        .get(),
    );
    const withSchema = (change: (db: Database.Database) => void) =>
      lookInto(dataDir, (db) => {
        db.unsafeMode();
        db.pragma('writable_schema = ON');
        change(db);
      });
    withSchema((db) => db.exec("DELETE FROM sqlite_schema WHERE name = 'session_by_start'"));
    lookInto(dataDir, (db) => db.exec('UPDATE session SET started_at = 7 WHERE id = 1'));
    withSchema((db) => db.prepare('INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)').run(index));
    expect(look(dataDir).healthy).toBe(true);
    expect(aboutOf(look(dataDir, true))).toEqual(['integrity']);
  });

  it('says that there is no such folder, and makes none', () => {
    const dataDir = join(temporaryDir(), 'nowhere');
    expect(examine(dataDir, false)).toMatchObject({ healthy: false, problems: [{ about: 'folder' }] });
    expect(existsSync(dataDir)).toBe(false);
  });

  it('notes a folder that others may look into, and what is left of a restore', async () => {
    const dataDir = await someData();
    chmodSync(dataDir, 0o755);
    writeFileSync(join(dataDir, 'sessionscope.db.restoring'), 'half', { mode: 0o600 });
    expect(look(dataDir).notes.map(({ about }) => about)).toEqual(['restore', 'modes']);
    writeFileSync(join(dataDir, 'sessionscope.db.restored'), 'whole', { mode: 0o600 });
    expect(look(dataDir).notes[0]?.todo).toContain('Start Sessionscope');
  });
});
