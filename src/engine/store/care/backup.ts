import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import Database from 'better-sqlite3';
import type { BackupDone } from '../../../contract/care.ts';
import { EngineError } from '../../errors.ts';
import type { Db } from '../database.ts';
import { iso } from '../instant.ts';
import { explainBackup } from './backup-fault.ts';
import { writeStamp, type BackupContents, type BackupStamp } from './backup-stamp.ts';
import { keepFile, requireOutsideStore } from './place-file.ts';

/** Pages copied before others have their turn: some milliseconds. */
const PAGES_A_STEP = 200;

export type BackupInput = {
  readonly dataDir: string;
  /** The database file. */
  readonly database: string;
  /** Absolute path of the backup. */
  readonly path: string;
  readonly replace: boolean;
  readonly stamp: Omit<BackupStamp, 'restoredAtMs'>;
  /** Reads the finished file whole; throws when it can't be relied on. */
  readonly check: (file: string) => Promise<BackupContents>;
  readonly report: (bytes: number, totalBytes: number) => void;
  readonly signal: AbortSignal;
};

/**
 * Copies the database as it is at this moment, while others read and write it, into one file that can be restored:
 * readable by its owner only, and under its name only when it is whole and was checked. Throws `refused` when the file
 * is there already and may not be replaced, `invalid-input` for a path that can't be written, `cancelled` when aborted.
 */
export async function writeBackup(input: BackupInput): Promise<BackupDone> {
  const { path, replace, stamp, check } = input;
  requirePath(input);
  const partial = `${path}.${randomUUID().slice(0, 8)}.partial`;
  begin(partial);
  try {
    await copy(input, partial);
    seal(partial, { ...stamp, restoredAtMs: null });
    const { sessions, bytes } = await check(partial);
    input.signal.throwIfAborted();
    keepFile(partial, path, replace);
    return { path, bytes, madeAt: iso(stamp.madeAtMs), sessions };
  } catch (error) {
    if (input.signal.aborted) throw CANCELLED;
    throw explainBackup(error);
  } finally {
    for (const file of [partial, `${partial}-journal`]) rmSync(file, { force: true });
  }
}

const CANCELLED = new EngineError('cancelled', 'The backup was cancelled; no file was written.');

function requirePath({ path, replace, dataDir, signal }: BackupInput): void {
  if (signal.aborted) throw CANCELLED;
  if (!isAbsolute(path))
    throw new EngineError('invalid-input', 'The path of a backup must be absolute.', { field: 'path' });
  requireOutsideStore(path, dataDir);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory() === true)
    throw new EngineError('invalid-input', 'The path of the backup is a folder: add a file name.', {
      field: 'path',
    });
  if (there !== undefined && !replace) throw EXISTS;
}

const EXISTS = new EngineError(
  'refused',
  'That file is there already and was left as it is: choose another name, or say that it may be replaced (--force).',
  { field: 'path' },
);

function begin(partial: string): void {
  try {
    closeSync(openSync(partial, 'wx', 0o600));
  } catch (error) {
    throw explainBackup(error);
  }
}

/** One read transaction from beginning to end: what others commit meanwhile is not in the copy and never restarts it. */
async function copy({ database, report, signal }: BackupInput, file: string): Promise<void> {
  const db = new Database(database, { fileMustExist: true });
  try {
    db.pragma('query_only = ON');
    db.exec('BEGIN');
    const pageBytes = Number(db.pragma('page_size', { simple: true }));
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    await db.backup(file, {
      progress: ({ totalPages, remainingPages }) => {
        signal.throwIfAborted();
        report((totalPages - remainingPages) * pageBytes, totalPages * pageBytes);
        return PAGES_A_STEP;
      },
    });
  } finally {
    close(db);
  }
}

function close(db: Db): void {
  if (db.inTransaction) db.exec('ROLLBACK');
  db.close();
}

/** A file that needs no other beside it. */
function seal(file: string, stamp: BackupStamp): void {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
    writeStamp(db, stamp);
  } finally {
    db.close();
  }
}
