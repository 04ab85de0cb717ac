import type { Statement } from 'better-sqlite3';
import { codeOf, eventKinds, eventOrigins } from '../query/codes.ts';
import type { Db } from './database.ts';
import type { UserNumber } from './store.ts';

export type UserRow = readonly [
  user: UserNumber,
  source: string,
  userId: string,
  userName: string | null,
  idReconnects: number,
  personId: string | null,
  reportsEvents: number,
];
export type SessionRow = readonly [
  user: UserNumber,
  session: number,
  key: Buffer,
  startedAt: number | null,
  startedQuality: number,
  observations: number,
];
/** Numbers of dictionary entries. */
export type WhereRow = readonly [
  ip: number | null,
  place: number | null,
  network: number | null,
  agent: number | null,
  device: number | null,
];
export type ObservationRow = readonly [
  session: number,
  n: number,
  at: number,
  notBefore: number | null,
  isOwnPoll: number,
  ...where: WhereRow,
];
export type LoginRow = readonly [
  user: UserNumber,
  event: number,
  at: number,
  outcome: number,
  key: string | null,
  ...where: WhereRow,
];

export type PersonRows = {
  readonly users: Statement<[users: string], UserRow>;
  readonly sessions: Statement<[users: string, sinceMs: number], SessionRow>;
  readonly observations: Statement<[sessions: string, sinceMs: number], ObservationRow>;
  readonly logins: Statement<[users: string, sinceMs: number], LoginRow>;
};

const whereColumns = (row: string) =>
  ['ip', 'place', 'network', 'agent', 'device'].map((name) => `${row}.${name}_id`).join(', ');

/**
 * The rows that facts are made of, for many users at once: a statement for each user would cost more than its rows. What
 * is asked for goes in as JSON, and the joins are CROSS so that rows come in the order in which was asked. Rows are plain
 * arrays of numbers; what they refer to is in the dictionaries.
 */
export function preparePersonRows(db: Db): PersonRows {
  const users = db.prepare<[string], UserRow>(
    `WITH asked AS MATERIALIZED (
       SELECT user.id, user.person_id FROM json_each(?) AS asked CROSS JOIN user ON user.id = asked.value
     )
     SELECT user.id, source.name, user.external_id, user.name, source.id_reconnects, user.person_id,
       source.reports_events
     FROM (
       SELECT id FROM asked UNION
       SELECT user.id FROM asked CROSS JOIN user ON user.person_id = asked.person_id
         WHERE asked.person_id IS NOT NULL
     ) AS wanted CROSS JOIN user ON user.id = wanted.id CROSS JOIN source ON source.id = user.source_id`,
  );
  // A session's last observation is never later than this column: what was over before then is not looked into.
  const sessions = db.prepare<[string, number], SessionRow>(
    `SELECT s.user_id, s.id, s.key, s.started_at, s.started_quality, s.observations
     FROM json_each(?) AS asked CROSS JOIN session AS s ON s.user_id = asked.value
     WHERE s.last_observed_at >= ?`,
  );
  const observations = db.prepare<[string, number], ObservationRow>(
    `SELECT o.session_id, o.n, o.at, o.not_before, o.is_own_poll, ${whereColumns('o')}
     FROM json_each(?) AS asked CROSS JOIN observation AS o ON o.session_id = asked.value
     WHERE o.at >= ?`,
  );
  // Only what a source reported: what we synthesised of a session is in the session already.
  const logins = db.prepare<[string, number], LoginRow>(
    `SELECT e.user_id, e.id, e.at, e.outcome, coalesce(key_text(s.key), e.session_key), ${whereColumns('e')}
     FROM json_each(?) AS asked CROSS JOIN event AS e ON e.user_id = asked.value
     LEFT JOIN session AS s ON s.id = e.session_id
     WHERE e.at >= ? AND e.origin = ${codeOf(eventOrigins, 'reported')}
       AND e.kind IN (${codeOf(eventKinds, 'login')}, ${codeOf(eventKinds, 'failure')})`,
  );
  return {
    users: users.raw(),
    sessions: sessions.raw(),
    observations: observations.raw(),
    logins: logins.raw(),
  };
}
