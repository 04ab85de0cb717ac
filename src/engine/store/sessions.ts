import type { Observation, Session, SessionState } from '../../contract/session.ts';
import { ruleId } from '../../contract/rules.ts';
import { codeOf, sessionStates, timeQualities, valueOf } from '../query/codes.ts';
import { lastObserved, sessionFields, sessionRow } from '../query/fields/sessions.ts';
import { askedKeys, keyBytes, keyIs } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import { iso, isoOrNull } from './instant.ts';
import { filterOf } from './filter.ts';
import type { ListSource } from './list.ts';
import { ObservationClocks, type ClockRow } from './observation-clocks.ts';
import { whereColumns, whereJoins, whereOf, type WhereRow } from './where.ts';

type SessionRow = WhereRow & {
  id: number;
  key: string;
  source: string;
  account: string;
  external_id: string;
  user_name: string | null;
  person_id: string | null;
  state: number;
  is_current: number | null;
  started_at: number | null;
  started_quality: number;
  last_seen_at: number | null;
  expires_at: number | null;
  first_observed_at: number;
  last_observed: number;
  ended_at: number | null;
  impersonated_by: string | null;
  hint: string;
  can_revoke_one: number;
  findings: string;
};

type ObservationRow = WhereRow & ClockRow & { state: number };

const EXPIRED = codeOf(sessionStates, 'expired');

export const sessionList: ListSource<Session> = {
  name: 'sessions',
  kinds: [{ ...sessionRow, only: '1', cost: 1, fields: sessionFields }],
  defaultSort: '-startedAt',
  load: (db, _kind, ids, nowMs) => loadSessions(db, ids, nowMs),
};

/** By public key, or by a later id of it. */
export function readSession(db: Db, key: string, nowMs: number): Session | null {
  const id = findSessionId(db, key);
  return id === undefined ? null : (loadSessions(db, [id], nowMs).get(id) ?? null);
}

/** Newest first; several may be of one row. */
export function readObservations(db: Db, key: string): Observation[] {
  const rows = db
    .prepare<[number | undefined], ObservationRow>(
      `SELECT o.at, o.not_before AS notBefore, o.state, o.last_seen_at AS lastSeenAt, o.expires_at AS expiresAt, o.repeats,
         ${whereColumns}
       FROM observation AS o ${whereJoins('o')} WHERE o.session_id = ? ORDER BY o.n`,
    )
    .all(findSessionId(db, key));
  return rows.flatMap(observationsOf).reverse();
}

function observationsOf(row: ObservationRow): readonly Observation[] {
  const clocks = new ObservationClocks(row);
  const state = valueOf(sessionStates, row.state);
  const where = whereOf(row);
  const observations: Observation[] = [];
  do {
    const { at, lastSeenAt, expiresAt } = clocks;
    const times = { at: iso(at), lastSeenAt: isoOrNull(lastSeenAt), expiresAt: isoOrNull(expiresAt) };
    observations.push({ ...times, state, ...where });
  } while (clocks.next());
  return observations;
}

/** Every session that matches the query or is named by key, each once, in the order they were first stored. */
export function readCandidates(
  db: Db,
  query: string | null,
  keys: readonly string[],
  nowMs: number,
): Session[] {
  const filter = query === null ? { sql: '0', values: { now: nowMs } } : filterOf('sessions', query, nowMs);
  const ids = db
    .prepare<unknown[], { id: number }>(
      `SELECT s.id FROM session AS s WHERE ${filter.sql}
       UNION SELECT id FROM (${askedKeys}) CROSS JOIN session ON ${keyIs('session.key', 'asked')}
       UNION SELECT session_id FROM (${askedKeys}) CROSS JOIN session_alias ON session_alias.key = asked
       ORDER BY 1`,
    )
    .all({ ...filter.values, keys: JSON.stringify(keys) })
    .map(({ id }) => id);
  return [...loadSessions(db, ids, nowMs).values()];
}

function findSessionId(db: Db, key: string): number | undefined {
  return db
    .prepare<{ key: Buffer }, { id: number }>(
      `SELECT id FROM session WHERE ${keyIs('key', '@key')}
       UNION ALL SELECT session_id FROM session_alias WHERE key = @key`,
    )
    .get({ key: keyBytes(key) })?.id;
}

function loadSessions(db: Db, ids: readonly number[], nowMs: number): ReadonlyMap<number, Session> {
  const rows = db
    .prepare<[string], SessionRow>(
      `SELECT s.id, key_text(s.key) AS key, source.name AS source, listing.account, user.external_id, user.name AS user_name,
         user.person_id, s.state, s.is_current, s.started_at, s.started_quality, s.last_seen_at, s.expires_at,
         s.first_observed_at, ${lastObserved} AS last_observed, s.ended_at, s.impersonated_by, s.hint, source.can_revoke_one,
         ${whereColumns},
         (SELECT json_group_array(DISTINCT f.rule ORDER BY f.rule)
          FROM finding_session AS named JOIN finding AS f ON f.id = named.finding_id
          WHERE named.session_id = s.id AND f.state < 2) AS findings
       FROM session AS s
       JOIN source ON source.id = s.source_id
       JOIN listing ON listing.id = s.listing_id
       JOIN user ON user.id = s.user_id
       ${whereJoins('s')}
       WHERE s.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, sessionOf(row, nowMs)]));
}

function sessionOf(row: SessionRow, nowMs: number): Session {
  const state = stateOf(row, nowMs);
  return {
    key: row.key,
    source: row.source,
    account: row.account,
    userId: row.external_id,
    userName: row.user_name,
    personId: row.person_id,
    state,
    current: row.is_current === null ? null : row.is_current === 1,
    startedAt: isoOrNull(row.started_at),
    startedAtQuality: valueOf(timeQualities, row.started_quality),
    lastSeenAt: isoOrNull(row.last_seen_at),
    expiresAt: isoOrNull(row.expires_at),
    firstObservedAt: iso(row.first_observed_at),
    lastObservedAt: iso(row.last_observed),
    endedAt: isoOrNull(row.ended_at),
    ...whereOf(row),
    impersonatedBy: row.impersonated_by,
    hint: row.hint,
    revocable: (state === 'active' || state === 'unknown') && row.can_revoke_one === 1,
    findings: ruleId.array().parse(JSON.parse(row.findings)),
  };
}

/** What we or the source ended stays so; anything else has expired once its time has come. */
function stateOf(row: Pick<SessionRow, 'state' | 'expires_at'>, nowMs: number): SessionState {
  const isPast = row.expires_at !== null && row.expires_at <= nowMs;
  return valueOf(sessionStates, row.state < EXPIRED && isPast ? EXPIRED : row.state);
}
