import type Database from 'better-sqlite3';
import { keyText } from '../../src/engine/query/key-bytes.ts';

/** The public keys of the sessions in a database file, sorted, as everybody but the file spells them. */
export function storedKeys(db: Database.Database, table: 'session' | 'session_alias' = 'session'): string[] {
  return db.prepare<[], Buffer>(`SELECT key FROM ${table}`).pluck().all().map(keyText).sort();
}
