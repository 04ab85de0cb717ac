import type { Db } from '../database.ts';

/** What only a backup holds beside the data: who made it, and the key without which every session would get a new name. */
export type BackupStamp = {
  readonly madeAtMs: number;
  readonly madeBy: string;
  /** Version of the program that made it. */
  readonly version: string;
  readonly identityKey: Buffer;
  /** Set in the copy that a restore puts in place. */
  readonly restoredAtMs: number | null;
};

/** What a backup turned out to hold; plain data, without its key. */
export type BackupContents = {
  readonly madeAtMs: number;
  readonly madeBy: string;
  readonly version: string;
  readonly schema: number;
  readonly sessions: number;
  readonly users: number;
  readonly bytes: number;
};

type StampRow = {
  made_at: number;
  made_by: string;
  version: string;
  identity_key: Buffer;
  restored_at: number | null;
};

/** Makes a copy of the database a backup. */
export function writeStamp(db: Db, { madeAtMs, madeBy, version, identityKey }: BackupStamp): void {
  db.transaction(() => {
    db.exec(`CREATE TABLE backup (
      made_at INTEGER NOT NULL, made_by TEXT NOT NULL, version TEXT NOT NULL, identity_key BLOB NOT NULL,
      restored_at INTEGER) STRICT`);
    db.prepare('INSERT INTO backup (made_at, made_by, version, identity_key) VALUES (?, ?, ?, ?)').run(
      madeAtMs,
      madeBy,
      version,
      identityKey,
    );
  }).immediate();
}

/** Null when the file is no backup. */
export function readStamp(db: Db): BackupStamp | null {
  const isBackup = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'backup'").get();
  if (isBackup === undefined) return null;
  const row = db.prepare<[], StampRow>('SELECT * FROM backup').get();
  if (row === undefined) return null;
  return {
    madeAtMs: row.made_at,
    madeBy: row.made_by,
    version: row.version,
    identityKey: row.identity_key,
    restoredAtMs: row.restored_at,
  };
}

/** Notes the restore, inside the caller's transaction. */
export function stampRestored(db: Db, atMs: number): void {
  db.prepare('UPDATE backup SET restored_at = ?').run(atMs);
}

/** Makes a backup a database in use; the key does not stay behind in free pages. */
export function removeStamp(db: Db): void {
  db.pragma('secure_delete = ON');
  db.exec('DROP TABLE IF EXISTS backup');
}
