import type { Overview } from '../../contract/overview.ts';
import { severities, sessionStates } from '../query/codes.ts';
import type { Db } from './database.ts';
import { filterOf } from './filter.ts';

/** Sessions that match the query by state, and open findings by severity. */
export function readOverview(db: Db, query: string, nowMs: number): Overview {
  const filter = filterOf('sessions', query, nowMs);
  const states = db
    .prepare<[typeof filter.values], { state: number; sessions: number }>(
      `SELECT CASE WHEN s.state < 2 AND s.expires_at <= @now THEN 2 ELSE s.state END AS state, count(*) AS sessions
       FROM session AS s WHERE ${filter.sql} GROUP BY 1`,
    )
    .all(filter.values);
  const findings = db
    .prepare<[], { severity: number; findings: number }>(
      'SELECT severity, count(*) AS findings FROM finding WHERE state = 0 GROUP BY severity',
    )
    .all();
  const sessionsIn = (code: number) => states.find(({ state }) => state === code)?.sessions ?? 0;
  const findingsOf = (code: number) => findings.find(({ severity }) => severity === code)?.findings ?? 0;
  return { sessions: tally(sessionStates, sessionsIn), openFindings: tally(severities, findingsOf) };
}

function tally<T extends string>(names: readonly T[], count: (code: number) => number): Record<T, number> {
  return Object.fromEntries(names.map((name, code) => [name, count(code)])) as Record<T, number>;
}
