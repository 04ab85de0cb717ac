import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { DataFiles } from '../data-dir.ts';
import { APPLICATION_ID, newest, type Db } from '../database.ts';
import { isoOrNull } from '../instant.ts';
import type { Advice, DatabaseFacts, Examination } from './examination.ts';
import { headerOrNull } from './header.ts';
import { readRetention } from './retention.ts';
import { readSizes } from './sizes.ts';
import { wrongTallies } from './tallies.ts';
import { wrongDays } from './wrong-days.ts';
import { openUntouched } from './untouched.ts';

export type Found = Pick<
  Examination,
  'database' | 'sizes' | 'retentionDays' | 'lastCompleteSweepAt' | 'problems' | 'notes'
>;

/** What can be said of a file that can't be read. */
export const nothing = {
  database: null,
  sizes: null,
  retentionDays: null,
  lastCompleteSweepAt: null,
} as const satisfies Partial<Found>;

/** Looks at the database file as far as it can be read. */
export function examineFile(files: DataFiles, full: boolean): Found {
  if (!existsSync(files.database)) {
    const todo = 'Start Sessionscope once, or restore a backup.';
    return unreadable({ about: 'file', what: 'There is no database in the folder.', todo });
  }
  const read = headerOrNull(files.database);
  if (read === null) {
    const todo = 'Make sessionscope.db a file that belongs to you, or use another --data-dir.';
    return unreadable({
      about: 'file',
      what: 'The database can not be read: it is no file, or not yours.',
      todo,
    });
  }
  if (read.kind === 'empty') return { ...nothing, problems: [], notes: [emptyFile] };
  if (read.kind === 'other') return unreadable(foreign);
  return examineDatabase(files.database, full);
}

function unreadable(problem: Advice): Found {
  return { ...nothing, problems: [problem], notes: [] };
}

const emptyFile: Advice = {
  about: 'file',
  what: 'The database is empty: nothing was ever stored.',
  todo: 'Nothing; the next start sets it up.',
};

const elsewhere = 'Move it away and restore a backup, or use another --data-dir.';
const foreign: Advice = {
  about: 'file',
  what: 'The database file is not a Sessionscope database, or its beginning is damaged.',
  todo: elsewhere,
};

const damaged: Advice = {
  about: 'integrity',
  what: 'The database is damaged.',
  todo: 'Keep a copy of the folder, then restore a backup: "sessionscope restore FILE". The disk may be failing.',
};

function examineDatabase(file: string, full: boolean): Found {
  let db: Db | null = null;
  try {
    db = openUntouched(file);
    const stranger = strangerOf(db);
    if (stranger !== null) return unreadable(stranger);
    const database = readFacts(db, full);
    const problems = [...integrityProblems(db, full), ...tallyProblems(db)];
    const notes = database.schema < newest() ? [olderSchema(database.schema)] : [];
    const { days, lastSweepMs } = readHabits(db);
    return {
      database,
      sizes: readSizes(db, file, database),
      retentionDays: days,
      lastCompleteSweepAt: isoOrNull(lastSweepMs),
      problems,
      notes,
    };
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return unreadable(adviceOf(error));
  } finally {
    db?.close();
  }
}

/** Asked of SQLite and not of the file, because the journal may know better. */
function strangerOf(db: Db): Advice | null {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    return { about: 'file', what: 'The database file belongs to another program.', todo: elsewhere };
  const schema = Number(db.pragma('user_version', { simple: true }));
  if (schema <= newest()) return null;
  return {
    about: 'schema',
    what: `The database was written by a newer Sessionscope (schema ${schema}; this one knows ${newest()}).`,
    todo: 'Update Sessionscope.',
  };
}

function adviceOf({ code }: { code: string }): Advice {
  if (
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_PERM')
  )
    return {
      about: 'file',
      what: 'The database can not be opened: the folder or a file in it is read-only or not yours.',
      todo: 'Make the folder and its files writable for you.',
    };
  if (code.startsWith('SQLITE_BUSY'))
    return {
      about: 'lock',
      what: 'Another program keeps the database locked.',
      todo: 'Close it and try again.',
    };
  return damaged;
}

function integrityProblems(db: Db, full: boolean): readonly Advice[] {
  const answer = db.pragma(full ? 'integrity_check(1)' : 'quick_check(1)', { simple: true });
  if (answer !== 'ok') return [damaged];
  if (!full || db.prepare('SELECT 1 FROM pragma_foreign_key_check LIMIT 1').get() === undefined) return [];
  return [{ ...damaged, what: 'The database is damaged: rows refer to others that are not there.' }];
}

function tallyProblems(db: Db): readonly Advice[] {
  return [...wrongTallies(db), ...wrongDays(db)].map(({ what, rows, harm }) => ({
    about: 'tallies',
    what: `The ${what} are wrong in ${rows} places. ${harm}`,
    todo: 'Make a backup and restore it: a restore counts everything anew.',
  }));
}

function olderSchema(schema: number): Advice {
  return {
    about: 'schema',
    what: `The database is of an older Sessionscope (schema ${schema}; this one writes ${newest()}).`,
    todo: 'Make a backup; the next start brings the database up to date by itself.',
  };
}

function readFacts(db: Db, full: boolean): DatabaseFacts {
  const count = (table: string) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  return {
    schema: Number(db.pragma('user_version', { simple: true })),
    knownSchema: newest(),
    checked: full ? 'full' : 'quick',
    sources: count('source'),
    users: count('user'),
    sessions: count('session'),
    observations: Number(db.prepare('SELECT total(observations) FROM session').pluck().get()),
    events: count('event'),
    findings: count('finding'),
    auditEntries: count('audit'),
  };
}

function readHabits(db: Db): { days: number | null; lastSweepMs: number | null } {
  const hasSettings = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'setting'").get() !== undefined;
  const last = db.prepare<[], { at: number | null }>('SELECT max(last_complete_at) AS at FROM listing').get();
  return { days: hasSettings ? readRetention(db).days : null, lastSweepMs: last?.at ?? null };
}
