import { statSync } from 'node:fs';
import type { Db } from '../database.ts';
import type { DatabaseFacts, Part, Sizes } from './examination.ts';

type PartRow = { name: string; tableName: string | null; bytes: number };

/** Where the bytes of the file are; reads all of it. */
export function readSizes(
  db: Db,
  file: string,
  rows: Pick<DatabaseFacts, 'sessions' | 'observations'>,
): Sizes {
  const parts = readParts(db);
  const bytesOf = (...tables: readonly string[]) =>
    parts.filter(({ table }) => tables.includes(table)).reduce((total, { bytes }) => total + bytes, 0);
  return {
    databaseBytes: bytesOfFile(file),
    walBytes: bytesOfFile(`${file}-wal`),
    freeBytes:
      Number(db.pragma('freelist_count', { simple: true })) *
      Number(db.pragma('page_size', { simple: true })),
    parts,
    bytesPerSession: perRow(bytesOf('session', 'session_alias'), rows.sessions),
    bytesPerObservation: perRow(bytesOf('observation'), rows.observations),
  };
}

function readParts(db: Db): readonly Part[] {
  return db
    .prepare<[], PartRow>(
      `SELECT pages.name, known.tbl_name AS tableName, sum(pages.pgsize) AS bytes
       FROM dbstat AS pages LEFT JOIN sqlite_schema AS known ON known.name = pages.name
       WHERE pages.aggregate = TRUE GROUP BY pages.name ORDER BY bytes DESC, pages.name`,
    )
    .all()
    .map(({ name, tableName, bytes }) => ({ name, table: tableName ?? name, bytes }));
}

function perRow(bytes: number, rows: number): number | null {
  return rows === 0 ? null : Math.round(bytes / rows);
}

function bytesOfFile(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
