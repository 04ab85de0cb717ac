import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EngineError } from '../errors.ts';

/** Where things are in a data directory. */
export type DataFiles = { readonly database: string; readonly lock: string; readonly pid: string };

const KEY_BYTES = 32;

/**
 * Makes the data directory when it is missing (mode 0700) and the database file in it (mode 0600; SQLite gives the
 * journal files the same). A directory that exists keeps its mode: it may be one that others share knowingly.
 */
export function prepareDataDir(dataDir: string): DataFiles {
  const files = {
    database: join(dataDir, 'sessionscope.db'),
    lock: join(dataDir, 'engine.lock'),
    pid: join(dataDir, 'engine.pid'),
  };
  try {
    if (makeFolder(dataDir)) chmodSync(dataDir, 0o700);
    for (const file of [files.database, files.lock]) createPrivately(file, '');
  } catch (error) {
    throw new EngineError(
      'refused',
      `The data directory ${dataDir} cannot be used (${codeOf(error)}): choose another with --data-dir.`,
      { cause: error },
    );
  }
  return files;
}

/** Refuses a database that is marked read-only, before SQLite finds out half-way; also for root, who may write anyway. */
export function requireWritable(file: string): void {
  try {
    if ((statSync(file).mode & 0o222) === 0) throw new Error('EACCES');
    accessSync(file, constants.W_OK);
  } catch (error) {
    throw new EngineError(
      'refused',
      'The database in the data directory is read-only: make the file and its folder writable, or use another --data-dir.',
      { cause: error },
    );
  }
}

/** The 32 random bytes that session keys are derived with, made once; another process may be making them right now. */
export function identityKey(dataDir: string): Buffer {
  const file = join(dataDir, 'identity.key');
  createPrivately(file, randomBytes(KEY_BYTES));
  const key = readFileSync(file);
  if (key.length !== KEY_BYTES) {
    throw new EngineError(
      'refused',
      'The file identity.key in the data directory is damaged: restore it from a backup, or start with another --data-dir.',
    );
  }
  return key;
}

/**
 * Makes a folder and what is missing above it; true when it was not there. Step by step, because the recursive mkdir of
 * Node never returns where a file system answers ENOENT for a parent that exists (`/proc`).
 */
function makeFolder(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return false;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
  return true;
}

function createPrivately(file: string, content: string | Buffer): void {
  try {
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
