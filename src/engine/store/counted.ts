import { check, type CheckedQuery } from '../query/check.ts';
import { sessionFields, sessionRow, unsettled } from '../query/fields/sessions.ts';
import { indexedQuery } from '../query/indexed-query.ts';
import { parse } from '../query/parse.ts';
import { toSql, type SqlCondition } from '../query/to-sql.ts';
import { isAtMost } from './find-candidates.ts';
import type { Db } from './database.ts';
import { createNaming } from './filter.ts';
import { createPageMemory } from './page-memory.ts';

/** Sessions to be counted: rows called `s`, each standing for `s.sessions` of them, that pass a condition. */
export type Counted = SqlCondition & { readonly from: string };

/** Fields that follow from what a tally knows of each session it counts. */
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
  'browser',
  'browserVersion',
  'os',
  'osVersion',
  'deviceKind',
]);

/**
 * Tallies count by stored state. A session whose expiry passed since it was last settled is taken out of the state it is
 * counted in and put where it belongs by now; these are few, and found by the index of their expiry: the `+` keeps
 * SQLite from starting with what the query asks of them.
 */
const tallies = `(
  SELECT source_id, state, nullif(place_id, 0) AS place_id, device_id, NULL AS expires_at, sessions FROM session_tally
  UNION ALL SELECT +source_id, +state, +place_id, +device_id, NULL, -1 FROM session AS s WHERE ${unsettled}
  UNION ALL SELECT +source_id, +state, +place_id, +device_id, expires_at, 1 FROM session AS s WHERE ${unsettled}) AS s`;

const everySession = '(SELECT *, 1 AS sessions FROM session) AS s';
/** The same in the order of the table, which is the shorter way to many rows. */
const scannedSessions = '(SELECT *, 1 AS sessions FROM session NOT INDEXED) AS s';

/**
 * The sessions that match a query, for statements that count them: from the tallies where these know every field the
 * query asks about, or one by one. Throws EngineError `invalid-input` for a wrong query.
 */
export function countedSessions(db: Db, query: string, nowMs: number): Counted {
  const checked = check(parse(query), sessionFields, nowMs);
  return { from: shortestWay(db, checked, nowMs), ...toSql(checked, nowMs) };
}

/** Rows of this many sessions in any order take as long to read as those of a million in the order of the table. */
const SCATTERED = 200_000;

function shortestWay(db: Db, query: CheckedQuery, nowMs: number): string {
  if (fieldsIn(query).every((name) => talliedFields.has(name))) return tallies;
  const known = indexedQuery(query);
  const naming = createNaming(db, createPageMemory(), { entries: SCATTERED, related: 0 });
  return known !== null && isAtMost(db, known, { listed: sessionRow, naming, nowMs, most: SCATTERED })
    ? everySession
    : scannedSessions;
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
