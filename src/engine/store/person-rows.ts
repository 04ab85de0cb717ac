import type { Statement } from 'better-sqlite3';
import { codeOf, eventKinds, eventOrigins, eventOutcomes, sessionStates } from '../query/codes.ts';
import type { Db } from './database.ts';
import { acceptedStates } from './revocation-watch.ts';
import type { UserNumber } from './user-number.ts';

export type UserRow = readonly [
  user: UserNumber,
  source: string,
  userId: string,
  userName: string | null,
  idReconnects: number,
  personId: string | null,
  /** Apart by blanks; null: none. */
  tags: string | null,
  tellsExpiry: number,
  tellsLastSeen: number,
  pollEvery: number | null,
  sourceSince: number | null,
  reportsEvents: number,
];
export type SessionRow = readonly [
  user: UserNumber,
  session: number,
  key: Buffer,
  startedAt: number | null,
  startedQuality: number,
  observations: number,
  state: number,
  lastSeenAt: number | null,
  expiresAt: number | null,
  firstObservedAt: number,
  lastListedAt: number,
  userGoneSince: number | null,
  isOwn: number,
  device: number,
];
/** Numbers of dictionary entries; null where nothing is known. */
export type EntryNumbers = readonly [
  ip: number | null,
  place: number | null,
  network: number | null,
  agent: number | null,
  device: number | null,
];
/** An observation, and those after it that repeat it. */
export type ObservationRow = readonly [
  session: number,
  n: number,
  at: number,
  notBefore: number | null,
  isOwnPoll: number,
  repeats: Buffer | null,
  ...where: EntryNumbers,
];
export type LoginRow = readonly [
  user: UserNumber,
  event: number,
  at: number,
  outcome: number,
  key: string | null,
  deviceToken: string | null,
  content: number | null,
  ...where: EntryNumbers,
];

/** The newest of our revokes of a session that its source accepted, once the job that made it was over. */
export type RevokedRow = readonly [key: string, finishedAt: number];

/** When a user was last seen before a moment; null: never. */
export type BeforeRow = readonly [user: UserNumber, session: number | null, login: number | null];

export type PersonRows = {
  readonly users: Statement<[users: string], UserRow>;
  readonly sessions: Statement<[users: string, sinceMs: number], SessionRow>;
  readonly observations: Statement<[sessions: string], ObservationRow>;
  readonly logins: Statement<[users: string, sinceMs: number], LoginRow>;
  readonly revoked: Statement<[users: string], RevokedRow>;
  readonly before: Statement<[{ users: string; since: number }], BeforeRow>;
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
       (SELECT group_concat(tag, ' ' ORDER BY tag) FROM user_tag WHERE user_id = user.id),
       source.tells_expiry, source.tells_last_seen, source.poll_every, source.first_complete_at,
       source.reports_events
     FROM (
       SELECT id FROM asked UNION
       SELECT user.id FROM asked CROSS JOIN user ON user.person_id = asked.person_id
         WHERE asked.person_id IS NOT NULL
     ) AS wanted CROSS JOIN user ON user.id = wanted.id CROSS JOIN source ON source.id = user.source_id`,
  );
  // A session's last observation is never later than this column: what was over before then is not looked into. What is
  // live counts however long nothing was seen of it.
  const sessions = db.prepare<[string, number], SessionRow>(
    `SELECT s.user_id, s.id, s.key, s.started_at, s.started_quality, s.observations,
       s.state, s.last_seen_at, s.expires_at, s.first_observed_at,
       max(s.last_observed_at, ifnull(listing.last_complete_at, 0)),
       CASE s.is_user_gone WHEN 1
         THEN ifnull((SELECT at FROM orphan WHERE session_id = s.id), s.first_observed_at) END,
       ifnull(s.is_current, listing.account = user.external_id) OR s.is_own_poll, s.device_id
     FROM json_each(?) AS asked CROSS JOIN user ON user.id = asked.value
     CROSS JOIN session AS s ON s.user_id = user.id CROSS JOIN listing ON listing.id = s.listing_id
     WHERE s.last_observed_at >= ? OR s.state < ${codeOf(sessionStates, 'expired')}`,
  );
  const observations = db.prepare<[string], ObservationRow>(
    `SELECT o.session_id, o.n, o.at, o.not_before, o.is_own_poll, o.repeats, ${whereColumns('o')}
     FROM json_each(?) AS asked CROSS JOIN observation AS o ON o.session_id = asked.value`,
  );
  // Only what a source reported: what we synthesised of a session is in the session already.
  const logins = db.prepare<[string, number], LoginRow>(
    `SELECT e.user_id, e.id, e.at, e.outcome, coalesce(key_text(s.key), e.session_key), e.device_token,
       e.content, ${whereColumns('e')}
     FROM json_each(?) AS asked CROSS JOIN event AS e ON e.user_id = asked.value
     LEFT JOIN session AS s ON s.id = e.session_id
     WHERE e.at >= ? AND e.origin = ${codeOf(eventOrigins, 'reported')}
       AND e.kind IN (${codeOf(eventKinds, 'login')}, ${codeOf(eventKinds, 'failure')})`,
  );
  const revoked = db.prepare<[string], RevokedRow>(
    `SELECT item.session_key, max(job.finished_at)
     FROM json_each(?) AS asked CROSS JOIN user ON user.id = asked.value
     CROSS JOIN source ON source.id = user.source_id
     CROSS JOIN revocation_item AS item ON item.user_id = user.external_id AND item.source = source.name
     CROSS JOIN revocation AS job ON job.number = item.revocation_number
     WHERE job.finished_at IS NOT NULL AND item.state IN (${acceptedStates})
     GROUP BY 1`,
  );
  const before = db.prepare<[{ users: string; since: number }], BeforeRow>(
    `SELECT asked.value,
       (SELECT max(last_observed_at) FROM session WHERE user_id = asked.value AND last_observed_at < @since),
       (SELECT at FROM event WHERE user_id = asked.value AND at < @since
          AND kind = ${codeOf(eventKinds, 'login')} AND outcome = ${codeOf(eventOutcomes, 'success')}
        ORDER BY at DESC LIMIT 1)
     FROM json_each(@users) AS asked`,
  );
  return {
    users: users.raw(),
    sessions: sessions.raw(),
    observations: observations.raw(),
    logins: logins.raw(),
    revoked: revoked.raw(),
    before: before.raw(),
  };
}
