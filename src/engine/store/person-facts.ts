import { ipClass } from '../../contract/place.ts';
import type { PersonFacts, Sighting } from '../detect/facts.ts';
import { codeOf, eventKinds, eventOrigins, eventOutcomes, timeQualities, valueOf } from '../query/codes.ts';
import type { Db } from './database.ts';
import type { UserNumber } from './store.ts';
import { factsOf, whereColumns, whereJoins, type WhereRow } from './where.ts';

type UserRow = { source: string; userId: string; userName: string | null; idReconnects: number };

type ObservationRow = WhereRow & {
  key: string;
  n: number;
  at: number;
  not_before: number | null;
  is_own_poll: number;
  started_at: number | null;
  started_quality: number;
};

type EventRow = WhereRow & { id: number; at: number; kind: number; outcome: number; session: string | null };

type Context = Pick<Sighting, 'source' | 'userId' | 'idReconnects'>;

/** Starts that the rules may use: `untrusted` ones are shown and never believed. */
const believable = new Set(['reported', 'derived']);

/**
 * What the rules may know of one user: session starts, activity that polls saw, and reported logins, as far back as
 * `sinceMs`. Every sighting comes from a row that is written once and never changed, so the same moment keeps its id,
 * its times and its place across polls and restarts. Null when there is no such user.
 */
export function readPersonFacts(
  db: Db,
  user: UserNumber,
  sinceMs: number,
  nowMs: number,
): PersonFacts | null {
  const who = db
    .prepare<[number], UserRow>(
      `SELECT source.name AS source, user.external_id AS userId, user.name AS userName,
         source.id_reconnects AS idReconnects
       FROM user JOIN source ON source.id = user.source_id WHERE user.id = ?`,
    )
    .get(user);
  if (who === undefined) return null;
  const { source, userId, userName } = who;
  const context: Context = { source, userId, idReconnects: who.idReconnects === 1 };
  const sightings = [
    ...readObserved(db, user, sinceMs).map((row) => observedSighting(row, context)),
    ...readLogins(db, user, sinceMs).map((row) => loginSighting(row, context)),
  ].filter(({ toMs }) => toMs >= sinceMs);
  return { source, userId, userName, sightings: sightings.sort(inOrder), nowMs };
}

function readObserved(db: Db, user: UserNumber, sinceMs: number): readonly ObservationRow[] {
  return db
    .prepare<[number, number], ObservationRow>(
      `SELECT s.key, s.started_at, s.started_quality, o.n, o.at, o.not_before, o.is_own_poll, ${whereColumns}
       FROM session AS s JOIN observation AS o ON o.session_id = s.id ${whereJoins('o')}
       WHERE s.user_id = ? AND o.at >= ?`,
    )
    .all(user, sinceMs);
}

/** Only what a source reported: what we synthesised of a session is in the session already. */
function readLogins(db: Db, user: UserNumber, sinceMs: number): readonly EventRow[] {
  return db
    .prepare<unknown[], EventRow>(
      `SELECT e.id, e.at, e.kind, e.outcome, coalesce(s.key, e.session_key) AS session,
         ${whereColumns}
       FROM event AS e LEFT JOIN session AS s ON s.id = e.session_id ${whereJoins('e')}
       WHERE e.user_id = @user AND e.at >= @since AND e.origin = @reported AND e.kind IN (@login, @failure)`,
    )
    .all({
      user,
      since: sinceMs,
      reported: codeOf(eventOrigins, 'reported'),
      login: codeOf(eventKinds, 'login'),
      failure: codeOf(eventKinds, 'failure'),
    });
}

/** The first observation of a session whose start is known stands for that start; every other one is activity. */
function observedSighting(row: ObservationRow, context: Context): Sighting {
  const quality = valueOf(timeQualities, row.started_quality);
  const isStart = row.n === 1 && row.started_at !== null && believable.has(quality);
  const shared = {
    ...context,
    outcome: 'success',
    sessionKey: row.key,
    isOwnPoll: row.is_own_poll === 1,
    ...whereSighted(row),
  } as const;
  if (isStart && row.started_at !== null) {
    const at = row.started_at;
    return { ...shared, id: `start:${row.key}`, kind: 'start', fromMs: at, toMs: at, quality };
  }
  return {
    ...shared,
    id: `obs:${row.key}:${row.n}`,
    kind: 'activity',
    fromMs: row.not_before,
    toMs: row.at,
    quality: 'derived',
  };
}

function loginSighting(row: EventRow, context: Context): Sighting {
  return {
    ...context,
    id: `event:${row.id}`,
    kind: 'login',
    fromMs: row.at,
    toMs: row.at,
    quality: 'reported',
    outcome: valueOf(eventOutcomes, row.outcome),
    sessionKey: row.session,
    isOwnPoll: false,
    ...whereSighted(row),
  };
}

function whereSighted(
  row: WhereRow,
): Pick<Sighting, 'ip' | 'ipClass' | 'place' | 'network' | 'device' | 'userAgent'> {
  return {
    ip: row.address,
    ipClass: row.ip_class === null ? null : ipClass.parse(row.ip_class),
    ...factsOf(row),
    userAgent: row.user_agent,
  };
}

function inOrder(a: Sighting, b: Sighting): number {
  if (a.toMs !== b.toMs) return a.toMs - b.toMs;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
