import Database from 'better-sqlite3';
import { EngineError } from '../../errors.ts';
import { storeFault } from '../fault.ts';

const sentences = new Map([
  ['ENOENT', 'The backup was not written: its folder does not exist. Create it or choose another one.'],
  ['ENOTDIR', 'The backup was not written: a part of its path is no folder. Choose another path.'],
  ['EISDIR', 'The backup was not written: its path is a folder. Add a file name.'],
  ['EACCES', 'The backup was not written: its folder may not be written to. Choose another one.'],
  ['EPERM', 'The backup was not written: its folder may not be written to. Choose another one.'],
  ['EROFS', 'The backup was not written: its folder is read-only. Choose another one.'],
  ['ENAMETOOLONG', 'The backup was not written: its name is too long. Choose a shorter one.'],
  ['ENOSPC', 'The backup was not written: the disk is full. Make room or choose another disk.'],
  ['EDQUOT', 'The backup was not written: the disk quota is used up. Make room or choose another disk.'],
  ['SQLITE_FULL', 'The backup was not written: the disk is full. Make room or choose another disk.'],
  ['SQLITE_CANTOPEN', 'The backup was not written: its folder may not be written to. Choose another one.'],
]);

/** What a person can do about a backup that failed; the path stays out of it, since it may lie outside the data directory. */
export function explainBackup(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof EngineError) return error;
  const sentence = sentences.get(String(error.code));
  if (sentence !== undefined)
    return new EngineError('invalid-input', sentence, { field: 'path', cause: error });
  return error instanceof Database.SqliteError ? storeFault(error) : error;
}
