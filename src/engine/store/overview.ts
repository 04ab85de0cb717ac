import type { Overview } from '../../contract/overview.ts';
import type { Severity } from '../../contract/rules.ts';
import { codeOf, incidentStates, severities, sessionStates } from '../query/codes.ts';
import { countedSessions } from './counted.ts';
import type { Db } from './database.ts';

/** A sum for each state, and no GROUP BY: that would sort all sessions, which takes twice as long as reading them. */
const sumOfEachState = sessionStates
  .map(
    (_, code) =>
      `ifnull(sum(s.sessions) FILTER (WHERE iif(s.state < 2 AND s.expires_at <= @now, 2, s.state) = ${code}), 0)`,
  )
  .join(', ');

const alertingOf = (severity: Severity) =>
  `count(*) FILTER (WHERE is_alerting = 1 AND severity = ${codeOf(severities, severity)}) AS ${severity}`;

/** Sessions that match the query by state as of now, and what waits for an analyst. */
export function readOverview(db: Db, query: string, nowMs: number): Overview {
  const counted = countedSessions(db, query, nowMs);
  const sessions = db
    .prepare<[typeof counted.values], readonly number[]>(
      `SELECT ${sumOfEachState} FROM ${counted.from} WHERE ${counted.sql}`,
    )
    .raw()
    .get(counted.values);
  const openIncidents = db
    .prepare<[], Overview['openIncidents']>(
      `SELECT ${alertingOf('critical')}, ${alertingOf('high')}, ${alertingOf('medium')},
         count(*) FILTER (WHERE is_alerting = 0) AS withoutAlert
       FROM incident WHERE state = ${codeOf(incidentStates, 'open')}`,
    )
    .get();
  return {
    sessions: numbersOf(
      sessionStates,
      (sessions ?? []).map((sum, code) => [code, sum]),
    ),
    openIncidents: openIncidents ?? { critical: 0, high: 0, medium: 0, withoutAlert: 0 },
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
