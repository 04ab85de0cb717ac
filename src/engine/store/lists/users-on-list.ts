import { factsReachMs } from '../../detect/settings.ts';
import { highOf, wordAt } from '../../enrich/list-entry.ts';
import { unpackEntries } from '../../enrich/packed-entries.ts';
import type { Db } from '../database.ts';
import { RowSet } from '../row-set.ts';
import type { UserNumber } from '../user-number.ts';
import type { ChangedList } from './list-version.ts';
import { stretchesOf } from './stretches.ts';

type Dictionary = 'ip' | 'network';
/** Dictionary entries of addresses on a list, and of networks. */
type Found = { readonly dictionary: Dictionary; readonly ids: readonly number[] };
type ObservationRow = readonly [user: UserNumber, ip: number | null, network: number | null];

/**
 * Users with anything in the rules' reach that was seen on the new entries of a list, or on any of a removed one. Looks
 * each entry up among the stored addresses, and reads the observations of sessions that moved once.
 */
export function usersOnList(db: Db, list: ChangedList, nowMs: number): UserNumber[] {
  const found = foundOf(db, list);
  if (found.every(({ ids }) => ids.length === 0)) return [];
  const sinceMs = nowMs - factsReachMs;
  const users = new Set(found.flatMap((each) => usersNow(db, each, sinceMs)));
  addUsersBefore(db, found, sinceMs, users);
  return [...users].sort((a, b) => a - b);
}

function foundOf(db: Db, { id, judgedVersion, isRemoved }: ChangedList): readonly Found[] {
  const addresses = db
    .prepare<[Uint8Array, Uint8Array], number>('SELECT id FROM ip WHERE sort_key BETWEEN ? AND ?')
    .pluck();
  const networks = db.prepare<[number], number>('SELECT id FROM network WHERE asn = ?').pluck();
  const [ipIds, networkIds] = [new Set<number>(), new Set<number>()];
  for (const { entries } of stretchesOf(db, id, isRemoved ? 0 : judgedVersion)) {
    for (const entry of unpackEntries(entries)) {
      if (entry.low[0] === 0) for (const each of networks.all(wordAt(entry.low, 1))) networkIds.add(each);
      else for (const each of addresses.all(entry.low, highOf(entry))) ipIds.add(each);
    }
  }
  return [
    { dictionary: 'ip', ids: [...ipIds] },
    { dictionary: 'network', ids: [...networkIds] },
  ];
}

/** By what sessions and events say, which have an index for it. */
function usersNow(db: Db, { dictionary, ids }: Found, sinceMs: number): UserNumber[] {
  return db
    .prepare<{ ids: string; sinceMs: number }, UserNumber>(
      `SELECT s.user_id FROM json_each(@ids) AS asked CROSS JOIN session AS s ON s.${dictionary}_id = asked.value
       WHERE s.last_observed_at >= @sinceMs
       UNION SELECT e.user_id FROM json_each(@ids) AS asked CROSS JOIN event AS e ON e.${dictionary}_id = asked.value
       WHERE e.at >= @sinceMs`,
    )
    .pluck()
    .all({ ids: JSON.stringify(ids), sinceMs });
}

/**
 * By where sessions were before they moved, of those that were observed since then. Observations have no index of addresses:
 * it would weigh more than they do.
 */
function addUsersBefore(db: Db, found: readonly Found[], sinceMs: number, users: Set<UserNumber>): void {
  const [addresses, networks] = found.map(({ ids }) => RowSet.of(ids));
  const rows = db
    .prepare<[number], ObservationRow>(
      `SELECT s.user_id, o.ip_id, o.network_id FROM session AS s CROSS JOIN observation AS o ON o.session_id = s.id
       WHERE s.observations > 1 AND s.last_observed_at >= ?`,
    )
    .raw();
  for (const [user, ip, network] of rows.iterate(sinceMs)) {
    const isOn =
      (ip !== null && addresses?.has(ip) === true) || (network !== null && networks?.has(network) === true);
    if (isOn) users.add(user);
  }
}
