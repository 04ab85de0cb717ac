import {
  POLICY_PREVIEW_DAYS,
  type CountryPolicy,
  type CountryPolicyPreview,
} from '../../../contract/country-policy.ts';
import { isAgainst } from '../../detect/under-policy.ts';
import type { Db } from '../database.ts';
import type { UserNumber } from '../user-number.ts';

const DAY_MS = 86_400_000;

type SessionRow = readonly [user: UserNumber, place: number | null];

/** What a policy would speak against: one pass over all sessions, so it is asked in the lane for what is slow. */
export function previewPolicy(db: Db, policy: CountryPolicy, nowMs: number): CountryPolicyPreview {
  const countryOf = countriesByPlace(db);
  const against = new Map<string, { sessions: number; readonly users: Set<UserNumber> }>();
  let [all, unplaced] = [0, 0];
  for (const [user, place] of sessionsSince(db, nowMs - POLICY_PREVIEW_DAYS * DAY_MS)) {
    all += 1;
    const country = place === null ? undefined : countryOf.get(place);
    if (country === undefined) unplaced += 1;
    else if (isAgainst(policy, country)) {
      const found = against.get(country) ?? { sessions: 0, users: new Set() };
      found.sessions += 1;
      found.users.add(user);
      against.set(country, found);
    }
  }
  const countries = [...against].map(([country, { sessions, users }]) => ({
    country,
    sessions,
    users: users.size,
  }));
  return {
    days: POLICY_PREVIEW_DAYS,
    sessions: all,
    unplaced,
    against: {
      sessions: countries.reduce((sum, { sessions }) => sum + sessions, 0),
      // Somebody may have been in several.
      users: new Set([...against.values()].flatMap(({ users }) => [...users])).size,
    },
    countries: countries.sort((a, b) => b.sessions - a.sessions || (a.country < b.country ? -1 : 1)),
  };
}

/** Counted here: SQLite would sort a million rows to tell how many users there are. */
function sessionsSince(db: Db, sinceMs: number): IterableIterator<SessionRow> {
  return db
    .prepare<[number], SessionRow>('SELECT user_id, place_id FROM session WHERE last_observed_at >= ?')
    .raw()
    .iterate(sinceMs);
}

/** As the rules have it: what else a source may call a country is none. */
function countriesByPlace(db: Db): ReadonlyMap<number, string> {
  const rows = db
    .prepare<[], [number, string]>("SELECT id, country FROM place WHERE country GLOB '[A-Z][A-Z]'")
    .raw()
    .all();
  return new Map(rows);
}
