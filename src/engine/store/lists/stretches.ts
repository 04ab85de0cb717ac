import type { PackedEntries } from '../../enrich/packed-entries.ts';
import type { Db } from '../database.ts';

/** In front of every event time: what counts however long ago an address was seen. */
export const ALWAYS = 0;

/** Entries of a list that count for the same time. */
export type Stretch = {
  readonly id: number;
  readonly listId: number;
  readonly fromMs: number;
  /** Null: no end is set. */
  readonly untilMs: number | null;
  /** The import that they are new in. */
  readonly version: number;
  readonly entries: PackedEntries;
};

type Row = Omit<Stretch, 'entries'> & { entries: Buffer<ArrayBuffer> };

const columns = 's.id, s.list_id AS listId, s.from_at AS fromMs, s.until_at AS untilMs, s.version, s.entries';

/** The stretches of one list; `afterVersion` leaves out those of earlier imports. */
export function stretchesOf(db: Db, listId: number, afterVersion = 0): Stretch[] {
  return db
    .prepare<[number, number], Row>(
      `SELECT ${columns} FROM network_list_stretch AS s WHERE s.list_id = ? AND s.version > ?`,
    )
    .all(listId, afterVersion);
}

/** The stretches of all lists that are in use, one at a time: each may be megabytes. */
export function allStretches(db: Db): IterableIterator<Stretch> {
  return db
    .prepare<[], Row>(
      `SELECT ${columns} FROM network_list_stretch AS s JOIN network_list AS list ON list.id = s.list_id
       WHERE list.removed_at IS NULL`,
    )
    .iterate();
}

/** Adds a stretch, unless it would be an empty one. */
export function addStretch(db: Db, { listId, fromMs, untilMs, version, entries }: Omit<Stretch, 'id'>): void {
  if (entries.length === 0) return;
  db.prepare(
    'INSERT INTO network_list_stretch (list_id, from_at, until_at, version, entries) VALUES (?, ?, ?, ?, ?)',
  ).run(listId, fromMs, untilMs, version, entries);
}

/** Writes a stretch anew with other entries or another end; without entries it goes. */
export function changeStretch(db: Db, { id, untilMs, entries }: Stretch): void {
  if (entries.length === 0) db.prepare('DELETE FROM network_list_stretch WHERE id = ?').run(id);
  else
    db.prepare('UPDATE network_list_stretch SET until_at = ?, entries = ? WHERE id = ?').run(
      untilMs,
      entries,
      id,
    );
}
