import type { ListTag } from '../../../contract/list-tags.ts';
import { listTag, type ListMatch, type NetworkList } from '../../../contract/lists.ts';
import { asnKey, listEntryText, networksAround, type ListEntry } from '../../enrich/list-entry.ts';
import {
  compareEntries,
  EntryPacker,
  unpackEntries,
  type PackedEntries,
} from '../../enrich/packed-entries.ts';
import { EngineError } from '../../errors.ts';
import type { Db } from '../database.ts';
import { iso, isoOrNull } from '../instant.ts';
import type { ChangedList } from './list-version.ts';
import { ALWAYS, stretchesOf } from './stretches.ts';

/** Which list it is that stretches are of. */
export type NamedList = { readonly id: number; readonly name: string; readonly tag: ListTag };

export function listsInUse(db: Db): NamedList[] {
  return db
    .prepare<[], NamedList>('SELECT id, name, tag FROM network_list WHERE removed_at IS NULL ORDER BY name')
    .all();
}

type ListRow = {
  name: string;
  tag: string;
  note: string | null;
  addedAt: number;
  importedAt: number;
  expiresAt: number | null;
  entries: number;
  past: number;
};

/** The lists by name. */
export function readLists(db: Db, nowMs: number): NetworkList[] {
  return db
    .prepare<[], ListRow>(
      `SELECT name, tag, note, added_at AS addedAt, imported_at AS importedAt, expires_at AS expiresAt, entries, past
       FROM network_list WHERE removed_at IS NULL ORDER BY name`,
    )
    .all()
    .map(({ name, tag, note, addedAt, importedAt, expiresAt, entries, past }) => {
      const isOver = expiresAt !== null && expiresAt <= nowMs;
      return {
        name,
        tag: listTag.parse(tag),
        note,
        entries: isOver ? 0 : entries,
        past: isOver ? past + entries : past,
        addedAt: iso(addedAt),
        importedAt: iso(importedAt),
        expiresAt: isoOrNull(expiresAt),
      };
    });
}

/** What is asked of the lists: a canonical address and the number of its network, at a moment. */
export type ListQuestion = {
  readonly address: string;
  readonly asn: number | null;
  readonly atMs: number;
};

/** Every entry, past ones included, that an address or its network falls under, by list and time. */
export function readListMatches(db: Db, { address, asn, atMs }: ListQuestion): ListMatch[] {
  const asked = packed([
    ...networksAround(address),
    ...(asn === null ? [] : [{ low: asnKey(asn), bits: 32 }]),
  ]);
  return listsInUse(db).flatMap(({ id, name, tag }) =>
    stretchesOf(db, id)
      .toSorted((a, b) => a.fromMs - b.fromMs)
      .flatMap(({ fromMs, untilMs, entries }) =>
        [...unpackEntries(compareEntries(asked, entries).both)].map((entry) => ({
          ...{ list: name, tag, entry: listEntryText(entry) },
          from: fromMs === ALWAYS ? null : iso(fromMs),
          until: isoOrNull(untilMs),
          inForce: fromMs <= atMs && (untilMs === null || atMs < untilMs),
        })),
      ),
  );
}

function packed(entries: readonly ListEntry[]): PackedEntries {
  const packer = new EntryPacker();
  for (const entry of entries) packer.add(entry);
  return packer.packed();
}

/** Takes a list out of use at once; `settleList` removes its entries when nobody needs them any more. Throws `not-found`. */
export function removeList(db: Db, name: string, atMs: number): void {
  const { changes } = db
    .prepare('UPDATE network_list SET removed_at = ? WHERE name = ? AND removed_at IS NULL')
    .run(atMs, name);
  if (changes > 0) return;
  throw new EngineError('not-found', `There is no list "${name}"; "lists" shows those that are there.`);
}

/** Lists whose newest version, or removal, users on them were not judged by yet. */
export function readChangedLists(db: Db): ChangedList[] {
  return db
    .prepare<[], Omit<ChangedList, 'isRemoved'> & { isRemoved: number }>(
      `SELECT id, version, judged_version AS judgedVersion, removed_at IS NOT NULL AS isRemoved
       FROM network_list WHERE version > judged_version OR removed_at IS NOT NULL ORDER BY id`,
    )
    .all()
    .map((list) => ({ ...list, isRemoved: list.isRemoved === 1 }));
}

/** Everybody on the list was judged by this version of it; a removed one goes with its entries. */
export function settleList(db: Db, { id, version, isRemoved }: ChangedList): void {
  if (!isRemoved) {
    db.prepare('UPDATE network_list SET judged_version = ? WHERE id = ?').run(version, id);
    return;
  }
  db.prepare('DELETE FROM network_list_stretch WHERE list_id = ?').run(id);
  db.prepare('DELETE FROM network_list WHERE id = ?').run(id);
}
