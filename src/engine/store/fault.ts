import Database from 'better-sqlite3';
import { EngineError } from '../errors.ts';

const sentences: readonly (readonly [prefix: string, sentence: string])[] = [
  [
    'SQLITE_NOTADB',
    'The database file in the data directory is not a Sessionscope database. It was left as it is: move it away, or use another --data-dir.',
  ],
  [
    'SQLITE_CORRUPT',
    'The database in the data directory is damaged. Nothing was written: keep a copy of the file, and restore a backup or start with another --data-dir.',
  ],
  ['SQLITE_FULL', 'The disk is full: free some space in the data directory; nothing stored was lost.'],
  [
    'SQLITE_READONLY',
    'The database in the data directory is read-only: make the file and its folder writable, or use another --data-dir.',
  ],
  ['SQLITE_BUSY', 'The database in the data directory is in use by another program: close it and try again.'],
  [
    'SQLITE_CANTOPEN',
    'The database in the data directory cannot be opened: check that the folder exists and belongs to you.',
  ],
  [
    'SQLITE_PERM',
    'The database in the data directory may not be opened: check that the folder and the file belong to you.',
  ],
  ['SQLITE_IOERR', 'The disk with the data directory failed while reading or writing: check the disk.'],
];

/** What a person can act on when SQLite refuses; anything else (a bug) stays as it was thrown. */
export function storeFault(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const sentence = sentences.find(([prefix]) => error.code.startsWith(prefix))?.[1];
  return sentence === undefined ? error : new EngineError('refused', sentence, { cause: error });
}

/** Runs one store operation as the promise its caller awaits; SQLite's refusals become sentences. */
export async function answer<T>(operation: () => T): Promise<T> {
  try {
    return operation();
  } catch (error) {
    throw storeFault(error);
  }
}
