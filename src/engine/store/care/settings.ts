import type { z } from 'zod';
import type { Db } from '../database.ts';

/** Settings that travel with the data: one row each, as JSON. Throws what the schema throws about another program's value. */
export function readSetting<T extends z.ZodType>(db: Db, name: string, schema: T): z.infer<T> | null {
  const row = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE name = ?').get(name);
  return row === undefined ? null : schema.parse(JSON.parse(row.value));
}

/** Inside the caller's transaction; null forgets it. */
export function writeSetting(db: Db, name: string, value: z.core.util.JSONType): void {
  if (value === null) {
    db.prepare('DELETE FROM setting WHERE name = ?').run(name);
    return;
  }
  db.prepare(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, JSON.stringify(value));
}
