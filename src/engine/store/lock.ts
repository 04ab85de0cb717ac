import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { DataFiles } from './data-dir.ts';

export type Lock =
  | { readonly kind: 'ours'; release(): void }
  /** `pid` is 0 when the holder has not said who it is. */
  | { readonly kind: 'held'; readonly pid: number };

/**
 * One writer per data directory. The lock is an exclusive transaction on an empty SQLite file of its own, which is an
 * operating-system lock: it goes with the process however that ends, so there is no stale lock to recognise and no
 * reused process id to be fooled by. The pid beside it only tells the others whom to ask.
 * Nobody may open the lock file by other means: closing it would drop the lock of this process (POSIX).
 */
export function acquireLock(files: Pick<DataFiles, 'lock' | 'pid'>): Lock {
  const db = new Database(files.lock, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      return { kind: 'held', pid: readPid(files.pid) };
    }
    throw error;
  }
  writeFileSync(files.pid, `${process.pid}\n`, { mode: 0o600 });
  chmodSync(files.pid, 0o600);
  return { kind: 'ours', release: () => void db.close() };
}

/** The process that says it holds the directory; 0 when none does. */
export function readPid(file: string): number {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : 0;
  } catch {
    return 0;
  }
}
