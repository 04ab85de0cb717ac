import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { EngineError } from '../../errors.ts';
import type { Clock } from '../../host.ts';
import { appendAudit } from '../audit.ts';
import { dataFiles, prepareLock, type DataFiles } from '../data-dir.ts';
import { storeFault } from '../fault.ts';
import { iso } from '../instant.ts';
import { acquireLock } from '../lock.ts';
import { readUnfinished, setRevocationState } from '../revocations.ts';
import { stampRestored, type BackupContents } from './backup-stamp.ts';
import { checkBackup } from './check-backup.ts';
import { asideName, finishRestore, restoreFiles } from './pending-restore.ts';
import { syncFolder } from './place-file.ts';
import { dataThere, requireNobodyReads } from './present-data.ts';
import { recountTallies } from './tallies.ts';

export type RestoreOptions = {
  /** The backup. */
  readonly file: string;
  readonly dataDir: string;
  readonly clock: Clock;
  /** Who restores, for the audit. */
  readonly actor: string;
  /** Whether data that is there may be moved aside. */
  readonly isConfirmed: boolean;
};

export type Restored = {
  readonly backup: BackupContents;
  /** What the old database is called now; null when there was none. */
  readonly movedTo: string | null;
  /** Revocations that were under way when the backup was made: stopped, because nobody decided on them today. */
  readonly stoppedRevocations: readonly string[];
};

/** There is data already, and nobody said that it may be moved aside. `there` says what it is. */
export type NotConfirmed = { readonly backup: BackupContents; readonly there: string };

/**
 * Puts a backup in place of the data directory's database and identity key. Needs no working database there. The backup
 * is read whole before anything changes; a crash leaves either the old data or the new. Throws EngineError with a
 * sentence: `refused` for a backup that can't be relied on, `conflict` when another process uses the data directory.
 */
export function restoreBackup(options: RestoreOptions): Restored | NotConfirmed {
  const { file, dataDir, isConfirmed } = options;
  const backup = checkBackup(file);
  const there = dataThere(dataFiles(dataDir));
  if (there !== null && !isConfirmed) return { backup, there };
  try {
    return whileHolding(prepareLock(dataDir), (files) => replace(options, backup, files));
  } catch (error) {
    throw explain(error);
  }
}

function replace({ file, clock, actor }: RestoreOptions, backup: BackupContents, files: DataFiles): Restored {
  finishRestore(files);
  requireNobodyReads(files.database);
  const isThere = dataThere(files) !== null;
  const nowMs = clock.now();
  const { unfinished, complete } = restoreFiles(files);
  const movedTo = isThere ? asideName(files.database, nowMs) : null;
  try {
    copyFileSync(file, unfinished, constants.COPYFILE_FICLONE);
    chmodSync(unfinished, 0o600);
    const stoppedRevocations = bringToToday(unfinished, nowMs, actor, backup);
    syncFile(unfinished);
    renameSync(unfinished, complete);
    syncFolder(dirname(complete));
    finishRestore(files);
    return { backup, movedTo, stoppedRevocations };
  } finally {
    for (const left of [unfinished, `${unfinished}-journal`]) rmSync(left, { force: true });
  }
}

/** What a backup must be told before it is today's data, and the entry with which its audit goes on. */
function bringToToday(file: string, nowMs: number, actor: string, backup: BackupContents): readonly string[] {
  const db = new Database(file, { fileMustExist: true });
  try {
    return db
      .transaction(() => {
        const stopped = readUnfinished(db);
        for (const id of stopped) setRevocationState(db, id, 'stopped', null);
        recountTallies(db);
        stampRestored(db, nowMs);
        const { madeAtMs, madeBy, version, schema, sessions } = backup;
        appendAudit(db, {
          at: iso(nowMs),
          actor,
          action: 'data.restored',
          detail: {
            backupMadeAt: iso(madeAtMs),
            madeBy,
            version,
            schema,
            sessions,
            stoppedRevocations: stopped,
          },
        });
        return stopped;
      })
      .immediate();
  } finally {
    db.close();
  }
}

function whileHolding<T>(files: DataFiles, operation: (files: DataFiles) => T): T {
  const lock = acquireLock(files);
  if (lock.kind === 'held') {
    throw new EngineError(
      'conflict',
      `Process ${lock.pid === 0 ? 'unknown' : lock.pid} works in this data directory. Nothing was changed: close it, or use another --data-dir.`,
    );
  }
  try {
    return operation(files);
  } finally {
    lock.release();
  }
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function explain(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code.startsWith('SQLITE_FULL'))
    return new EngineError(
      'refused',
      'There is not enough room for the backup in the data directory. Nothing was changed: make room and try again.',
      { cause: error },
    );
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new EngineError(
      'refused',
      'The data directory may not be written to. Nothing was changed: make it writable, or use another --data-dir.',
      { cause: error },
    );
  return storeFault(error);
}
