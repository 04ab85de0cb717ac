import { check, type CheckedQuery } from '../query/check.ts';
import { sessionFields, unsettled } from '../query/fields/sessions.ts';
import { parse } from '../query/parse.ts';
import { toSql, type SqlCondition } from '../query/to-sql.ts';

/** Sessions to be counted: rows called `s`, each standing for `s.sessions` of them, that pass a condition. */
export type Counted = SqlCondition & { readonly from: string };

/** Fields that a tally knows of each session it counts. */
const talliedFields = new Set([
  'state',
  'source',
  'country',
  'region',
  'city',
  'lat',
  'lon',
  'accuracyKm',
  'placeFrom',
]);

/**
 * Tallies count by stored state. A session whose expiry passed since it was last settled is taken out of the state it is
 * counted in and put where it belongs by now; these are few, and found by an index.
 */
const tallies = `(
  SELECT source_id, state, nullif(place_id, 0) AS place_id, NULL AS expires_at, sessions FROM tally
  UNION ALL SELECT source_id, state, place_id, NULL, -1 FROM session AS s WHERE ${unsettled}
  UNION ALL SELECT source_id, state, place_id, expires_at, 1 FROM session AS s WHERE ${unsettled}) AS s`;

const everySession = '(SELECT *, 1 AS sessions FROM session) AS s';

/**
 * The sessions that match a query, for statements that count them: from the tallies where these know every field the
 * query asks about, or one by one. Throws EngineError `invalid-input` for a wrong query.
 */
export function countedSessions(query: string, nowMs: number): Counted {
  const checked = check(parse(query), sessionFields, nowMs);
  const from = fieldsIn(checked).every((name) => talliedFields.has(name)) ? tallies : everySession;
  return { from, ...toSql(checked, nowMs) };
}

function fieldsIn(query: CheckedQuery): readonly string[] {
  switch (query.kind) {
    case 'all':
      return [];
    case 'and':
    case 'or':
      return query.parts.flatMap(fieldsIn);
    case 'not':
      return fieldsIn(query.part);
    case 'match':
      return query.fields.map(({ name }) => name);
  }
}
