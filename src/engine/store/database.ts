import Database from 'better-sqlite3';
import { EngineError } from '../errors.ts';
import { keyBytes, keyText } from '../query/key-bytes.ts';
import { storeFault } from './fault.ts';
import { migrations, type Migration } from './migrations/migrations.ts';
import { refreshStatistics } from './statistics.ts';

export type Db = Database.Database;

/** "SESS": marks the file as ours among other programs' SQLite files. */
export const APPLICATION_ID = 0x53455353;
/** How long a statement waits for another connection's lock, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Memory for pages, of each connection. What is not here is in the system's cache of files, a copy away, so little is enough:
 * twice as much held 80 MB more at a million sessions.
 */
const WRITE_CACHE_KIB = 32 * 1024;
const READ_CACHE_KIB = 16 * 1024;
/** Pages in the journal before they are moved into the file (64 MiB): each index page is moved once for many rows. */
const CHECKPOINT_PAGES = 16_384;

/**
 * Rows to change with one statement where there may be very many: the pages that a statement changes are kept in memory until its
 * end, to be able to take back that statement alone.
 */
export const CHANGED_AT_ONCE = 1_000;

/** The connection that writes: brings the file up to date. Refuses what is not ours, newer or damaged, untouched. */
export function openWriter(file: string, steps: readonly Migration[] = migrations): Db {
  return opened(file, (db) => {
    requireOurs(db, steps, 'writer');
    prepareToWrite(db);
    const steppedUp = migrate(db, steps);
    db.pragma('foreign_keys = ON');
    // Each new session changes more pages than SQLite copies in memory by itself (64 KiB), before it writes them to a file. Steps,
    // which may sort more than memory holds, are done by now.
    db.pragma('temp_store = MEMORY');
    shrink(db, steppedUp);
    if (steppedUp) refreshStatistics(db);
  });
}

/** A connection that reads: never blocks the writer and is never blocked by it. */
export function openReader(file: string, steps: readonly Migration[] = migrations): Db {
  return opened(file, (db) => {
    requireOurs(db, steps, 'reader');
    db.pragma('query_only = ON');
    db.pragma(`cache_size = -${READ_CACHE_KIB}`);
  });
}

/** How a file is written: what a comparison with SQLite alone has to do likewise. */
export function prepareToWrite(db: Db): void {
  const isNew = numberOf(db.pragma('page_count', { simple: true })) === 0;
  if (isNew) db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma(`cache_size = -${WRITE_CACHE_KIB}`);
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
}

/** The schema version this program writes. */
export function newest(steps: readonly Migration[] = migrations): number {
  return Math.max(...steps.map(({ version }) => version));
}

function opened(file: string, prepare: (db: Db) => void): Db {
  let db: Db | null = null;
  try {
    db = new Database(file, { timeout: BUSY_TIMEOUT_MS, fileMustExist: true });
    prepare(db);
    defineKeys(db);
    return db;
  } catch (error) {
    db?.close();
    throw storeFault(error);
  }
}

/** Statements name sessions by their public keys; what is stored are bytes. */
function defineKeys(db: Db): void {
  db.function('key_bytes', { deterministic: true }, (key: string) => keyBytes(key));
  db.function('key_text', { deterministic: true }, (bytes: Buffer | null) =>
    bytes === null ? null : keyText(bytes),
  );
}

function requireOurs(db: Db, steps: readonly Migration[], purpose: 'writer' | 'reader'): void {
  const version = numberOf(db.pragma('user_version', { simple: true }));
  const applicationId = numberOf(db.pragma('application_id', { simple: true }));
  const tables = numberOf(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  const isEmpty = version === 0 && applicationId === 0 && tables === 0;
  if (!isEmpty && applicationId !== APPLICATION_ID) {
    throw new EngineError(
      'refused',
      'The database file in the data directory belongs to another program. It was left as it is: use another --data-dir.',
    );
  }
  if (version > newest(steps)) {
    throw new EngineError(
      'refused',
      `The data directory was written by a newer Sessionscope (schema ${version}; this one knows ${newest(steps)}). Nothing was changed: update Sessionscope, or use another --data-dir.`,
    );
  }
  if (purpose === 'reader' && version === 0) {
    throw new EngineError(
      'refused',
      'Another Sessionscope is setting this data directory up right now: try again in a moment.',
    );
  }
  if (purpose === 'reader' && version < newest(steps)) {
    throw new EngineError(
      'refused',
      'An older Sessionscope is using this data directory: close it, then start this one again.',
    );
  }
}

/**
 * Gives back what a step left free. Files of the first version can't give pages back to the disk; writing them anew once makes
 * them ones that can.
 */
function shrink(db: Db, steppedUp: boolean): void {
  const INCREMENTAL = 2;
  const isShrinkable = numberOf(db.pragma('auto_vacuum', { simple: true })) === INCREMENTAL;
  try {
    if (!isShrinkable) {
      db.pragma('auto_vacuum = INCREMENTAL');
      db.exec('VACUUM');
    } else if (steppedUp) {
      db.pragma('incremental_vacuum');
    }
  } catch (error) {
    // It needs free disk, as much as the file is large; without, everything works and the next start tries again.
    if (!isFull(error)) throw error;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_FULL');
}

/**
 * Each step and its version number in one transaction: a crash leaves the file at a version that exists. A step may make a
 * table anew that others refer to, so references are not checked meanwhile. Answers whether there was any step to take.
 */
function migrate(db: Db, steps: readonly Migration[]): boolean {
  db.pragma('foreign_keys = OFF');
  const current = numberOf(db.pragma('user_version', { simple: true }));
  if (current === 0) db.pragma(`application_id = ${APPLICATION_ID}`);
  const ahead = steps.filter(({ version }) => version > current);
  for (const { version, sql, functions = {}, tables = {} } of ahead) {
    for (const [name, answer] of Object.entries(functions)) db.function(name, answer);
    for (const [name, table] of Object.entries(tables)) db.table(name, table);
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
  return ahead.length > 0;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('SQLite answered no number');
  return value;
}
