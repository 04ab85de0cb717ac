import {
  chmodSync,
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { DataFiles } from '../data-dir.ts';
import { readStamp, removeStamp, type BackupStamp } from './backup-stamp.ts';
import { syncFolder } from './place-file.ts';

/** A restore under way. Nobody looks at `unfinished`; as soon as the file is `complete`, the restore has happened. */
export function restoreFiles({ database }: DataFiles): { unfinished: string; complete: string } {
  return { unfinished: `${database}.restoring`, complete: `${database}.restored` };
}

/**
 * Puts a complete restored database in place, with the key that belongs to it, and moves what was there aside. May be
 * cut off anywhere and called again: whoever next holds the data directory ends it, so that there is either the old
 * data or the new, and never a database with the wrong key. Answers whether there was anything to do.
 * Only for the holder of the lock, before the database is opened.
 */
export function finishRestore(files: DataFiles): boolean {
  const { complete } = restoreFiles(files);
  if (!existsSync(complete)) return false;
  const stamp = takeStamp(complete);
  if (stamp !== null) {
    placeKey(files.identityKey, stamp);
    moveAside(files.database, stamp);
    clearStamp(complete);
  }
  // Without a stamp all this was done before. Its journal would be replayed into a file that is not its own.
  rmSync(`${files.database}-wal`, { force: true });
  rmSync(`${files.database}-shm`, { force: true });
  renameSync(complete, files.database);
  syncFolder(dirname(files.database));
  return true;
}

/** How what was there before a restore is called afterwards. */
export function asideName(file: string, restoredAtMs: number): string {
  return `${file}.before-restore-${new Date(restoredAtMs).toISOString().replaceAll(/[:.]/g, '-')}`;
}

function takeStamp(file: string): BackupStamp | null {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return readStamp(db);
  } finally {
    db.close();
  }
}

function clearStamp(file: string): void {
  const db = new Database(file, { fileMustExist: true });
  try {
    removeStamp(db);
  } finally {
    db.close();
  }
}

function placeKey(file: string, { identityKey, restoredAtMs }: BackupStamp): void {
  const isThere = existsSync(file);
  if (isThere && readFileSync(file).equals(identityKey)) return;
  if (isThere) keepUnder(file, asideName(file, restoredAtMs ?? 0));
  const next = `${file}.restored`;
  writeFileSync(next, identityKey, { mode: 0o600, flush: true });
  chmodSync(next, 0o600);
  renameSync(next, file);
}

/** The old database keeps its name until the new one takes it; what was not yet written back goes along with the old. */
function moveAside(database: string, { restoredAtMs }: BackupStamp): void {
  const aside = asideName(database, restoredAtMs ?? 0);
  const there = statSync(database, { throwIfNoEntry: false });
  if (there === undefined || there.size === 0) return;
  keepUnder(database, aside);
  for (const suffix of ['-wal', '-journal']) {
    if (existsSync(`${database}${suffix}`)) renameSync(`${database}${suffix}`, `${aside}${suffix}`);
  }
}

function keepUnder(file: string, aside: string): void {
  if (existsSync(aside)) return;
  try {
    linkSync(file, aside);
  } catch {
    // A disk without hard links: for a moment there is no such file, and the next start would end the restore first.
    renameSync(file, aside);
  }
}
