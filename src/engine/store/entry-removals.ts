import type { Db } from './database.ts';

const DICTIONARIES = ['ip', 'place', 'network', 'agent', 'device'];

/**
 * Counts removals of dictionary entries, whoever removes them: SQLite may give a removed entry's number to a new one, so
 * readers that remember entries have to learn of it. Triggers of the writing connection alone, because nobody else writes.
 */
export function countRemovals(db: Db): void {
  for (const name of DICTIONARIES) {
    db.exec(`CREATE TEMP TRIGGER ${name}_removed AFTER DELETE ON main.${name} BEGIN
      INSERT INTO setting (name, value) VALUES ('entry-removals', '1')
        ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1;
    END`);
  }
}

/** How many entries were removed since the file was made. */
export function readRemovals(db: Db): number {
  const value = db.prepare("SELECT value FROM setting WHERE name = 'entry-removals'").pluck().get();
  return value === undefined ? 0 : Number(value);
}
