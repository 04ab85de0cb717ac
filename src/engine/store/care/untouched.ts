import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Db } from '../database.ts';

/** How long to wait for another process's lock, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens a database to look at it, in such a way that its files are afterwards what they were. A read-only connection
 * leaves a journal that is there alone, but would leave an empty one where there is none; an ordinary one tidies that up.
 */
export function openUntouched(file: string): Db {
  const hasJournal = ['-wal', '-journal'].some((suffix) => bytesOf(`${file}${suffix}`) > 0);
  const readonly = hasJournal || !isWritable(file) || !isWritable(dirname(file));
  const db = new Database(file, { readonly, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('query_only = ON');
    db.exec('BEGIN');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function bytesOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
