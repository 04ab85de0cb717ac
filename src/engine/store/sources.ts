import type { Problem } from '../../contract/error-codes.ts';
import { problem } from '../../contract/error-codes.ts';
import { anyConfig, type AnyConfig, type Capabilities } from '../../contract/source.ts';
import { EngineError } from '../errors.ts';
import { unsettled } from '../query/fields/sessions.ts';
import { CHANGED_AT_ONCE, type Db } from './database.ts';
import { forgetEmptyIncidents } from './group-findings.ts';
import { Dictionaries } from './dictionaries.ts';
import { markEveryDay } from './due-days.ts';
import type { SourceRecord } from './source-record.ts';

/** What the store itself needs to know of a source's API. */
export type SourceTraits = Pick<
  Capabilities,
  'canRevokeOne' | 'idStability' | 'scope' | 'history' | 'hasExpiry' | 'lastSeen' | 'minPollMs'
>;

/** Between two polls of a source whose configuration doesn't say, as `poll/schedule.ts` has it. */
const DEFAULT_POLL_SECONDS = 60;

export type StoredSource = {
  readonly id: number;
  readonly listsEverybody: boolean;
  readonly reportsEvents: boolean;
};

type SourceRow = {
  id: number;
  config: string;
  is_demo: number;
  last_attempt_at: number | null;
  last_complete_at: number | null;
  problem_code: string | null;
  problem_message: string | null;
  rejected_rows: number;
  rejected_examples: string;
  live: number;
};

/** Every configured source with its health, by id. */
export function readSources(db: Db, nowMs: number): SourceRecord[] {
  const rows = db
    .prepare<[{ now: number }], SourceRow>(
      // + : by expiry. Few expired since the last sweep, and of a source there may be a million.
      `SELECT source.*,
         ifnull((SELECT sum(sessions) FROM session_tally WHERE source_id = source.id AND state < 2), 0)
         - (SELECT count(*) FROM session AS s WHERE +s.source_id = source.id AND ${unsettled}) AS live
       FROM source ORDER BY name`,
    )
    .all({ now: nowMs });
  return rows.map((row) => ({
    config: anyConfig.parse(JSON.parse(row.config)),
    demo: row.is_demo === 1,
    problem: problemOf(row),
    lastAttemptAtMs: row.last_attempt_at,
    lastCompleteAtMs: row.last_complete_at,
    liveSessions: row.live,
    rejectedRows: row.rejected_rows,
    rejectedExamples: JSON.parse(row.rejected_examples) as string[],
  }));
}

/** Adds a source, or takes over its changed configuration and keeps its sessions. */
export function putSource(db: Db, config: AnyConfig, demo: boolean, traits: SourceTraits): void {
  const known = db
    .prepare<[string], { id: number; reportsEvents: number }>(
      'SELECT id, reports_events AS reportsEvents FROM source WHERE name = ?',
    )
    .get(config.id);
  const reportsEvents = Number(traits.history === 'events');
  if (known !== undefined && known.reportsEvents !== reportsEvents) markEveryDay(db, known.id);
  db.prepare(
    `INSERT INTO source (name, config, is_demo, can_revoke_one, id_reconnects, lists_everybody, reports_events,
       tells_expiry, tells_last_seen, poll_every)
     VALUES (@name, @config, @demo, @canRevokeOne, @idReconnects, @listsEverybody, @reportsEvents,
       @tellsExpiry, @tellsLastSeen, @pollEvery)
     ON CONFLICT (name) DO UPDATE SET config = excluded.config, is_demo = excluded.is_demo,
       can_revoke_one = excluded.can_revoke_one, id_reconnects = excluded.id_reconnects,
       lists_everybody = excluded.lists_everybody, reports_events = excluded.reports_events,
       tells_expiry = excluded.tells_expiry, tells_last_seen = excluded.tells_last_seen, poll_every = excluded.poll_every`,
  ).run({
    name: config.id,
    config: JSON.stringify(config),
    demo: Number(demo),
    canRevokeOne: Number(traits.canRevokeOne),
    idReconnects: Number(traits.idStability === 'reconnects'),
    listsEverybody: Number(traits.scope !== 'self'),
    reportsEvents,
    tellsExpiry: Number(traits.hasExpiry),
    tellsLastSeen: Number(traits.lastSeen === 'good'),
    pollEvery: pollEvery(config, traits.minPollMs),
  });
}

/** Milliseconds between two polls; null for a history from files, which nobody polls. */
function pollEvery(config: AnyConfig, minPollMs: number | null): number | null {
  if (minPollMs === null) return null;
  const seconds = 'pollEverySeconds' in config ? config.pollEverySeconds : undefined;
  return Math.max((seconds ?? DEFAULT_POLL_SECONDS) * 1000, minPollMs);
}

/** The stored number and traits of a source; throws `not-found`. */
export function findSource(db: Db, name: string): StoredSource {
  const row = db
    .prepare<[string], { id: number; lists_everybody: number; reports_events: number }>(
      'SELECT id, lists_everybody, reports_events FROM source WHERE name = ?',
    )
    .get(name);
  if (row === undefined) {
    throw new EngineError(
      'not-found',
      `There is no source "${name}"; "sources list" shows the configured ones.`,
    );
  }
  return { id: row.id, listsEverybody: row.lists_everybody === 1, reportsEvents: row.reports_events === 1 };
}

/** What an attempt that was not complete leaves behind: the source is failing, its sessions are untouched. */
export function recordFailure(db: Db, name: string, fault: Problem, atMs: number): void {
  db.prepare('UPDATE source SET last_attempt_at = ?, problem_code = ?, problem_message = ? WHERE id = ?').run(
    atMs,
    fault.code,
    fault.message,
    findSource(db, name).id,
  );
}

/** Forgets a source with everything that came from it, and whatever only that used. */
export function removeSource(db: Db, name: string): void {
  const { id } = findSource(db, name);
  for (const sql of whatUsersDid) db.prepare(sql).run(id);
  removeInParts(db, 'finding', `user_id IN (${usersOf})`, id);
  removeInParts(db, 'session', 'source_id = ?', id);
  forgetEmptyIncidents(db);
  db.prepare(handIncidentsOn).run(id);
  removeInParts(db, 'user', 'source_id = ?', id);
  for (const sql of whatIsLeft) db.prepare(sql).run(id);
  Dictionaries.purge(db);
}

/** Rows that triggers count, as few at once as keep a statement small; see `CHANGED_AT_ONCE`. */
function removeInParts(
  db: Db,
  table: 'finding' | 'session' | 'user',
  condition: string,
  source: number,
): void {
  const remove = db.prepare<[number]>(
    `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${condition} LIMIT ${CHANGED_AT_ONCE})`,
  );
  while (remove.run(source).changes > 0);
}

const sessionsOf = 'SELECT id FROM session WHERE source_id = ?';
const usersOf = 'SELECT id FROM user WHERE source_id = ?';
const whatUsersDid = [
  `DELETE FROM finding_session WHERE finding_id IN (SELECT id FROM finding WHERE user_id IN (${usersOf}))`,
  `DELETE FROM finding_session WHERE session_id IN (${sessionsOf})`,
  `DELETE FROM event WHERE user_id IN (${usersOf})`,
  `DELETE FROM observation WHERE session_id IN (${sessionsOf})`,
  `DELETE FROM session_alias WHERE session_id IN (${sessionsOf})`,
];

/** Incidents of a person whom another source knows too go on as that user's. */
const handIncidentsOn = `UPDATE incident
  SET user_id = (SELECT user_id FROM finding WHERE incident_id = incident.id ORDER BY severity DESC, id LIMIT 1)
  WHERE user_id IN (${usersOf})`;

const whatIsLeft = [
  'DELETE FROM session_tally WHERE source_id = ?',
  'DELETE FROM org_day WHERE source_id = ?',
  'DELETE FROM org_due WHERE source_id = ?',
  'DELETE FROM sweep WHERE listing_id IN (SELECT id FROM listing WHERE source_id = ?)',
  'DELETE FROM listing WHERE source_id = ?',
  'DELETE FROM source WHERE id = ?',
];

function problemOf(row: Pick<SourceRow, 'problem_code' | 'problem_message'>): Problem | null {
  if (row.problem_code === null) return null;
  return problem.parse({ code: row.problem_code, message: row.problem_message ?? '' });
}
