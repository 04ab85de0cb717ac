import type { ListTag } from '../../../contract/list-tags.ts';
import { compareEntries, countEntries, type PackedEntries } from '../../enrich/packed-entries.ts';
import { EngineError } from '../../errors.ts';
import type { Db } from '../database.ts';
import type { ListChange, ListVersion } from './list-version.ts';
import { addStretch, ALWAYS, changeStretch, stretchesOf, type Stretch } from './stretches.ts';

/**
 * Writes a version of a list, inside the caller's transaction. What the version before had and this one lacks ends now, and
 * goes on to count for what was seen until now. What is new of a kind of network counts from now on, because the version
 * before said otherwise; in a first version, and where addresses are to be told of whenever they are seen, it counts
 * for the past too: that is what such a list is asked about.
 */
export function importList(db: Db, version: ListVersion): ListChange {
  const { tag, importedAtMs, expiresAtMs } = version;
  const { id: listId, version: number } = writeList(db, version);
  const isOfThePast = tag === 'listed' || number === 1;
  const stored = stretchesOf(db, listId);
  const current = stored.filter(({ untilMs }) => untilMs === null || untilMs > importedAtMs);
  const { fresh, kept, ended } = carryOn(db, current, version);
  if (isOfThePast) forget(db, stored, current, fresh);
  addStretch(db, {
    ...{ listId, version: number, entries: fresh },
    ...{ fromMs: isOfThePast ? ALWAYS : importedAtMs, untilMs: expiresAtMs },
  });
  const added = countEntries(fresh);
  count(db, listId, added + kept);
  return { added, kept, ended };
}

/** The row of the list, whose version is one more than before. */
function writeList(db: Db, version: ListVersion): { id: number; version: number } {
  const { name, tag, note, importedAtMs, expiresAtMs } = version;
  const stored = db
    .prepare<[string], { tag: ListTag }>('SELECT tag FROM network_list WHERE name = ? AND removed_at IS NULL')
    .get(name);
  if (stored !== undefined && stored.tag !== tag) {
    throw new EngineError(
      'conflict',
      `The list "${name}" is tagged ${stored.tag}, and what it said stays true of its time: remove it first, or use another name.`,
      { field: 'tag' },
    );
  }
  const row = db
    .prepare<[Record<string, unknown>], { id: number; version: number }>(
      `INSERT INTO network_list
         (name, tag, note, added_at, imported_at, expires_at, entries, past, version, judged_version)
       VALUES (@name, @tag, @note, @importedAtMs, @importedAtMs, @expiresAtMs, 0, 0, 1, 0)
       ON CONFLICT (name) WHERE removed_at IS NULL DO UPDATE SET note = coalesce(excluded.note, note),
         imported_at = excluded.imported_at, expires_at = excluded.expires_at, version = version + 1
       RETURNING id, version`,
    )
    .get({ name, tag, note, importedAtMs, expiresAtMs });
  if (row === undefined) throw new TypeError('SQLite wrote a row and answered none');
  return row;
}

/** Gives what stays its new end, and what went its last one; answers what is new. */
function carryOn(
  db: Db,
  current: readonly Stretch[],
  { importedAtMs, expiresAtMs, entries }: ListVersion,
): { fresh: PackedEntries; kept: number; ended: number } {
  let [kept, ended] = [0, 0];
  let fresh = entries;
  // The longest first: what is found in it need not be looked for in the others, because no entry is in two.
  for (const stretch of current.toSorted((a, b) => b.entries.length - a.entries.length)) {
    const { both, onlyA: gone, onlyB: rest } = compareEntries(stretch.entries, fresh);
    fresh = rest;
    kept += countEntries(both);
    ended += countEntries(gone);
    addStretch(db, { ...stretch, untilMs: importedAtMs, entries: gone });
    if (gone.length > 0 || stretch.untilMs !== expiresAtMs) {
      changeStretch(db, { ...stretch, untilMs: expiresAtMs, entries: both });
    }
  }
  return { fresh, kept, ended };
}

/** What counts for the whole past now has no other past. */
function forget(db: Db, stored: readonly Stretch[], current: readonly Stretch[], fresh: PackedEntries): void {
  for (const stretch of stored) {
    if (current.includes(stretch)) continue;
    const { both, onlyA } = compareEntries(stretch.entries, fresh);
    if (both.length > 0) changeStretch(db, { ...stretch, entries: onlyA });
  }
}

function count(db: Db, listId: number, current: number): void {
  const all = stretchesOf(db, listId).reduce((sum, { entries }) => sum + countEntries(entries), 0);
  db.prepare('UPDATE network_list SET entries = ?, past = ? WHERE id = ?').run(
    current,
    all - current,
    listId,
  );
}
