import type { Overview } from '../../contract/overview.ts';
import { severities, sessionStates } from '../query/codes.ts';
import { countedSessions } from './counted.ts';
import type { Db } from './database.ts';

/** Sessions that match the query by state as of now, and open findings by severity. */
export function readOverview(db: Db, query: string, nowMs: number): Overview {
  const counted = countedSessions(db, query, nowMs);
  const states = db
    .prepare<[typeof counted.values], { state: number; sessions: number }>(
      `SELECT iif(s.state < 2 AND s.expires_at <= @now, 2, s.state) AS state, sum(s.sessions) AS sessions
       FROM ${counted.from} WHERE ${counted.sql} GROUP BY 1`,
    )
    .all(counted.values);
  const findings = db
    .prepare<[], { severity: number; findings: number }>(
      'SELECT severity, count(*) AS findings FROM finding WHERE state = 0 GROUP BY severity',
    )
    .all();
  return {
    sessions: numbersOf(
      sessionStates,
      states.map(({ state, sessions }) => [state, sessions]),
    ),
    openFindings: numbersOf(
      severities,
      findings.map(({ severity, findings: number }) => [severity, number]),
    ),
  };
}

/** A number for each name of a closed list, by its code; 0 for those nothing was counted of. */
function numbersOf<T extends string>(
  names: readonly T[],
  counted: readonly (readonly [code: number, number: number])[],
): Record<T, number> {
  const numbers = new Map(counted);
  return Object.fromEntries(names.map((name, code) => [name, numbers.get(code) ?? 0])) as Record<T, number>;
}
