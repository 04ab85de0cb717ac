import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EngineError } from '../errors.ts';

/** Where things are in a data directory. */
export type DataFiles = {
  readonly database: string;
  readonly lock: string;
  readonly pid: string;
  readonly identityKey: string;
};

/** Where things are, whether they are there or not. */
export function dataFiles(dataDir: string): DataFiles {
  return {
    database: join(dataDir, 'sessionscope.db'),
    lock: join(dataDir, 'engine.lock'),
    pid: join(dataDir, 'engine.pid'),
    identityKey: join(dataDir, 'identity.key'),
  };
}

export const KEY_BYTES = 32;

/**
 * Makes the data directory when it is missing (mode 0700) and the database file in it (mode 0600; SQLite gives the
 * journal files the same). A directory that exists keeps its mode: it may be one that others share knowingly.
 */
export function prepareDataDir(dataDir: string): DataFiles {
  const files = prepareLock(dataDir);
  usable(dataDir, () => {
    // Before the first session is named with it, and never for a database that has lost its own.
    if (isEmpty(files.database)) createPrivately(files.identityKey, randomBytes(KEY_BYTES));
    createPrivately(files.database, '');
  });
  return files;
}

/** The same without a database file: for putting one there. */
export function prepareLock(dataDir: string): DataFiles {
  const files = dataFiles(dataDir);
  usable(dataDir, () => {
    if (makeFolder(dataDir)) chmodSync(dataDir, 0o700);
    createPrivately(files.lock, '');
  });
  return files;
}

function usable(dataDir: string, prepare: () => void): void {
  try {
    prepare();
  } catch (error) {
    throw new EngineError(
      'refused',
      `The data directory ${dataDir} cannot be used (${codeOf(error)}): choose another with --data-dir.`,
      { cause: error },
    );
  }
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

/** The 32 random bytes that session keys are derived with, made with the data directory. Throws `refused` without them. */
export function identityKey(dataDir: string): Buffer {
  const key = readKey(dataFiles(dataDir).identityKey);
  if (key?.length === KEY_BYTES) return key;
  throw new EngineError(
    'refused',
    `The file identity.key in the data directory is ${key === null ? 'missing' : 'damaged'}; without it every session would get a new name. No session was renamed: put the right one back, restore a backup, or start with another --data-dir.`,
  );
}

function readKey(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new EngineError(
      'refused',
      `The file identity.key in the data directory cannot be read (${codeOf(error)}): make it a file that belongs to you.`,
      { cause: error },
    );
  }
}

function isEmpty(database: string): boolean {
  return (statSync(database, { throwIfNoEntry: false })?.size ?? 0) === 0;
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
