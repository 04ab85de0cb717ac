import {
  POLICY_PREVIEW_DAYS,
  type CountryPolicy,
  type CountryPolicyPreview,
} from '../../../contract/country-policy.ts';
import { isAgainst } from '../../detect/under-policy.ts';
import type { Db } from '../database.ts';

const DAY_MS = 86_400_000;

type CountryRow = { country: string | null; sessions: number; users: number };

/** What a policy would speak against; passes over all sessions twice at the most: half a second for a million. */
export function previewPolicy(db: Db, policy: CountryPolicy, nowMs: number): CountryPolicyPreview {
  const sinceMs = nowMs - POLICY_PREVIEW_DAYS * DAY_MS;
  const rows = db
    .prepare<[number], CountryRow>(
      `SELECT place.country, count(*) AS sessions, count(DISTINCT s.user_id) AS users
       FROM session AS s LEFT JOIN place ON place.id = s.place_id
       WHERE s.last_observed_at >= ? GROUP BY place.country`,
    )
    .all(sinceMs);
  const countries = rows.flatMap(({ country, ...counts }) =>
    isCountry(country) && isAgainst(policy, country) ? { country, ...counts } : [],
  );
  return {
    days: POLICY_PREVIEW_DAYS,
    sessions: sessionsOf(rows),
    unplaced: sessionsOf(rows.filter(({ country }) => !isCountry(country))),
    against: { sessions: sessionsOf(countries), users: usersIn(db, countries, sinceMs) },
    countries: countries.sort((a, b) => b.sessions - a.sessions || (a.country < b.country ? -1 : 1)),
  };
}

/** Somebody may have been in several. */
function usersIn(db: Db, countries: readonly { readonly country: string; users: number }[], sinceMs: number) {
  if (countries.length < 2) return countries[0]?.users ?? 0;
  return (
    db
      .prepare<{ countries: string; sinceMs: number }, number>(
        `SELECT count(DISTINCT s.user_id) FROM session AS s WHERE s.last_observed_at >= @sinceMs AND s.place_id IN (
           SELECT id FROM place WHERE country IN (SELECT value FROM json_each(@countries)))`,
      )
      .pluck()
      .get({ countries: JSON.stringify(countries.map(({ country }) => country)), sinceMs }) ?? 0
  );
}

/** As the rules have it: what else a source may call a country is none. */
function isCountry(text: string | null): text is string {
  return text !== null && /^[A-Z]{2}$/.test(text);
}

function sessionsOf(rows: readonly Pick<CountryRow, 'sessions'>[]): number {
  return rows.reduce((sum, { sessions }) => sum + sessions, 0);
}
