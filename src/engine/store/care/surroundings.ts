import { existsSync, readdirSync, readFileSync, statfsSync, statSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { KEY_BYTES, type DataFiles } from '../data-dir.ts';
import { readPid } from '../lock.ts';
import type { Advice } from './examination.ts';
import { restoreFiles } from './pending-restore.ts';

/** What `chmod` would set for files and folders of one person. */
const OTHERS = 0o077;

/**
 * Who works in the directory, without becoming that oneself: null for nobody, 0 for somebody who has not said who. The
 * holder keeps even readers out of the lock file; what a killed one left there can't be read either, for other reasons.
 */
export function holderOf(files: DataFiles): number | null {
  if (!existsSync(files.lock)) return null;
  const db = new Database(files.lock, { readonly: true, timeout: 0, fileMustExist: true });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return null;
  } catch (error) {
    const isHeld = error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY';
    return isHeld ? readPid(files.pid) : null;
  } finally {
    db.close();
  }
}

export function freeDiskBytes(dataDir: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dataDir);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** The key without which every session would get a new name. */
export function keyProblems({ identityKey, database }: DataFiles): readonly Advice[] {
  const isNeeded = (statSync(database, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const key = readOrNull(identityKey);
  if (key?.length === KEY_BYTES || (key === null && !isNeeded)) return [];
  return [
    {
      about: 'identity-key',
      what: `The file identity.key is ${key === null ? 'missing' : 'damaged'}.`,
      todo: 'Put the right one back from a copy of the folder, or restore a backup: a new key would give every session a new name.',
    },
  ];
}

/** Marked read-only, also for root, who may write anyway. */
export function readOnlyProblems({ database }: DataFiles): readonly Advice[] {
  const there = statSync(database, { throwIfNoEntry: false });
  if (there === undefined || !there.isFile() || (there.mode & 0o222) !== 0) return [];
  return [
    {
      about: 'file',
      what: 'The database is read-only: nothing can be stored.',
      todo: 'chmod 600 sessionscope.db, in the data directory.',
    },
  ];
}

/** Files of the store that others on this machine may read or write. */
export function modeProblems(dataDir: string): readonly Advice[] {
  if (process.platform === 'win32') return [];
  return readdirSync(dataDir)
    .filter((name) => /^(sessionscope\.db|identity\.key|engine\.)/.test(name))
    .map((name) => join(dataDir, name))
    .filter((file) => isOpenToOthers(statSync(file, { throwIfNoEntry: false })))
    .map((file) => ({
      about: 'modes',
      what: `Others on this machine may open the file ${basename(file)}.`,
      todo: `chmod 600 ${basename(file)}, in the data directory.`,
    }));
}

export function modeNotes(dataDir: string): readonly Advice[] {
  if (process.platform === 'win32' || !isOpenToOthers(statSync(dataDir))) return [];
  return [
    {
      about: 'modes',
      what: 'Others on this machine may look into the folder.',
      todo: 'chmod 700 on the data directory, unless it is shared on purpose.',
    },
  ];
}

export function restoreNotes(files: DataFiles): readonly Advice[] {
  const { complete, unfinished } = restoreFiles(files);
  if (existsSync(complete)) {
    return [
      {
        about: 'restore',
        what: 'A restore was cut off when the backup was in the folder already.',
        todo: 'Start Sessionscope: it goes on with the restored data, and the old is moved aside.',
      },
    ];
  }
  if (!existsSync(unfinished)) return [];
  return [
    {
      about: 'restore',
      what: `A restore was cut off before it changed anything; ${basename(unfinished)} is left of it.`,
      todo: 'Restore again, or remove that file.',
    },
  ];
}

function isOpenToOthers(stats: Stats | undefined): boolean {
  return stats !== undefined && (stats.mode & OTHERS) !== 0;
}

function readOrNull(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return existsSync(file) ? Buffer.alloc(0) : null;
  }
}
