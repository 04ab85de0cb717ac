import { EngineError } from '../../errors.ts';
import Database from 'better-sqlite3';
import { KEY_BYTES } from '../data-dir.ts';
import { APPLICATION_ID, newest, type Db } from '../database.ts';
import { readStamp, type BackupContents, type BackupStamp } from './backup-stamp.ts';
import { readHeader, type Header } from './header.ts';

/** Reads a backup whole and says what is in it; throws EngineError with a sentence when it can't be relied on. */
export function checkBackup(file: string): BackupContents {
  const { header, bytes } = readableHeader(file);
  return read(file, (db) => {
    const stamp = requireStamp(db);
    const answers = db.pragma('integrity_check(1)', { simple: true });
    if (answers !== 'ok') throw DAMAGED;
    const { madeAtMs, madeBy, version } = stamp;
    return {
      madeAtMs,
      madeBy,
      version,
      schema: header.schema,
      sessions: count(db, 'session'),
      users: count(db, 'user'),
      bytes,
    };
  });
}

/** The stamp alone, without looking at the rest. */
export function stampOf(file: string): BackupStamp {
  return read(file, requireStamp);
}

const DAMAGED = new EngineError(
  'refused',
  'The backup is damaged. Nothing was changed: use another one, or copy it again from where it is kept.',
);
const NO_BACKUP = new EngineError(
  'refused',
  'The file is not a backup that "sessionscope backup" made. Nothing was changed.',
);

/** Everything that can be said before SQLite opens the file, so that a file of another kind is never opened at all. */
function readableHeader(file: string): { header: Header; bytes: number } {
  const read = headerOrRefusal(file);
  if (read.kind !== 'sqlite' || read.header.applicationId !== APPLICATION_ID) throw NO_BACKUP;
  const { header, bytes } = read;
  if (header.schema > newest()) {
    throw new EngineError(
      'refused',
      `The backup was made by a newer Sessionscope (schema ${header.schema}; this one knows ${newest()}). Nothing was changed: update Sessionscope.`,
    );
  }
  if (header.hasWal) throw NO_BACKUP;
  if (bytes < header.pages * header.pageBytes) throw DAMAGED;
  return { header, bytes };
}

function headerOrRefusal(file: string): ReturnType<typeof readHeader> {
  try {
    return readHeader(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const what =
      code === 'ENOENT'
        ? 'There is no such file'
        : code === 'EISDIR'
          ? 'That is a folder'
          : 'The file can not be read';
    throw new EngineError('invalid-input', `${what}: name a file that "sessionscope backup" made.`, {
      field: 'path',
      cause: error,
    });
  }
}

function read<T>(file: string, operation: (db: Db) => T): T {
  let db: Db | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    return operation(db);
  } catch (error) {
    if (error instanceof Database.SqliteError)
      throw new EngineError(DAMAGED.code, DAMAGED.message, { cause: error });
    throw error;
  } finally {
    db?.close();
  }
}

function requireStamp(db: Db): BackupStamp {
  const stamp = readStamp(db);
  if (stamp === null) throw NO_BACKUP;
  if (stamp.identityKey.length !== KEY_BYTES) throw DAMAGED;
  return stamp;
}

function count(db: Db, table: 'session' | 'user'): number {
  return Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
}
