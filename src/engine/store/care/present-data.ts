import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { EngineError } from '../../errors.ts';
import type { DataFiles } from '../data-dir.ts';
import { APPLICATION_ID, type Db } from '../database.ts';
import { openUntouched } from './untouched.ts';

/** What is in the way, in words; null when there is nothing. */
export function dataThere({ database }: DataFiles): string | null {
  const there = statSync(database, { throwIfNoEntry: false });
  if (there === undefined || (there.size === 0 && !existsSync(`${database}-wal`))) return null;
  if (there.isDirectory()) {
    throw new EngineError(
      'refused',
      'There is a folder in the place of the database (sessionscope.db). Nothing was changed: move it away, or use another --data-dir.',
    );
  }
  const changed = `${there.size} bytes, last changed ${there.mtime.toISOString()}`;
  return isOurs(database)
    ? `a database (${changed})`
    : `a file that is no Sessionscope database (${changed})`;
}

/**
 * Another process may read without holding the lock, and would go on with one file's journal and another's pages. Leaving
 * the journal mode is what SQLite does only when nobody else has the file open, and it writes the journal back as well.
 */
export function requireNobodyReads(database: string): void {
  if (!isOurs(database)) return;
  let db: Db | null = null;
  try {
    db = new Database(database, { fileMustExist: true, timeout: 0 });
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code.startsWith('SQLITE_BUSY')) {
      throw new EngineError(
        'conflict',
        'Another Sessionscope reads this data directory. Nothing was changed: close it and try again.',
        { cause: error },
      );
    }
    // Damaged or read-only: then its journal is moved aside with it, as it is.
  } finally {
    db?.close();
  }
}

/** Asked of SQLite and not of the file, because the journal may know better. */
function isOurs(database: string): boolean {
  let db: Db | null = null;
  try {
    db = openUntouched(database);
    return db.pragma('application_id', { simple: true }) === APPLICATION_ID;
  } catch {
    return false;
  } finally {
    db?.close();
  }
}
