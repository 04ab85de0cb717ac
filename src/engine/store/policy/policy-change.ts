import { isAgainst } from '../../detect/under-policy.ts';
import type { Db } from '../database.ts';
import { RowSet } from '../row-set.ts';
import type { UserNumber } from '../user-number.ts';
import { readPolicy } from './country-policy.ts';
import type { PolicyChange } from './policy-store.ts';

/**
 * Null when everybody was judged by the policy in force. Users are those ever seen in a country that one of the policies before
 * speaks about otherwise, by sessions and events, which have an index for it, and by one reading of the observations of
 * sessions that moved.
 */
export function readPolicyChange(db: Db): PolicyChange | null {
  const { policy, before, revision } = readPolicy(db);
  if (before.length === 0) return null;
  const places = db
    .prepare<[], { id: number; country: string }>('SELECT id, country FROM place WHERE country IS NOT NULL')
    .all()
    .filter(({ country }) => before.some((each) => isAgainst(each, country) !== isAgainst(policy, country)))
    .map(({ id }) => id);
  const users = places.length === 0 ? [] : usersAt(db, places);
  return { revision, users };
}

function usersAt(db: Db, places: readonly number[]): UserNumber[] {
  const now = db
    .prepare<{ places: string }, UserNumber>(
      `SELECT s.user_id FROM json_each(@places) AS asked CROSS JOIN session AS s ON s.place_id = asked.value
       UNION SELECT e.user_id FROM json_each(@places) AS asked CROSS JOIN event AS e ON e.place_id = asked.value`,
    )
    .pluck()
    .all({ places: JSON.stringify(places) });
  const users = new Set(now);
  const asked = RowSet.of(places);
  const rows = db
    .prepare<[], readonly [user: UserNumber, place: number]>(
      `SELECT s.user_id, o.place_id FROM session AS s CROSS JOIN observation AS o ON o.session_id = s.id
       WHERE s.observations > 1 AND o.place_id IS NOT NULL`,
    )
    .raw();
  for (const [user, place] of rows.iterate()) if (asked.has(place)) users.add(user);
  return [...users].sort((a, b) => a - b);
}
