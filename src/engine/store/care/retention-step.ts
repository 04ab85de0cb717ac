import type { RetentionCounts } from '../../../contract/care.ts';
import { codeOf, eventOrigins, findingStates, sessionStates } from '../../query/codes.ts';
import { lastObserved } from '../../query/fields/sessions.ts';
import type { Db } from '../database.ts';
import { forgetEmptyIncidents } from '../group-findings.ts';
import { addToPending, readPending } from './retention.ts';
import type { RetentionCursor, RetentionLimits, RetentionStep } from './retention-cursor.ts';
import { beginMarking, markFound, markObserved, removeUnused, ENTRY_KINDS } from './unused-entries.ts';

/** Rows looked at in one step, at most; looking is far cheaper than removing. */
const SPAN = 20_000;

type Stage = (db: Db, limits: RetentionLimits, limit: number, after: number) => StageStep;
type StageStep = {
  readonly removed: Partial<RetentionCounts>;
  /** The row number to go on after; null when the stage is over. */
  readonly after: number | null;
};

/** In this order, because each kind is kept for what still refers to it. */
const stages: readonly Stage[] = [
  removeSessions,
  removeEvents,
  removeFindings,
  removeUsers,
  markObservations,
  markFindings,
  ...ENTRY_KINDS.map(
    (kind): Stage =>
      (db, _limits, _limit, after) =>
        removeUnused(db, kind, after),
  ),
];
const MARKING = stages.indexOf(markObservations);

/**
 * One small step of a retention run, inside the caller's transaction: removes at most `limit` rows of one kind (with what
 * belongs to them) that were over before the limits. Audit entries and revocations are never touched.
 */
export function retain(
  db: Db,
  limits: RetentionLimits,
  limit: number,
  cursor: RetentionCursor | null,
): RetentionStep {
  const { stage, after } = cursor ?? { stage: 0, after: 0 };
  const run = stages[stage];
  if (run === undefined) return { removed: {}, next: null };
  if (stage === MARKING && after === 0) {
    const { sessions, observations, events, findings } = readPending(db);
    if (sessions + observations + events + findings === 0) return { removed: {}, next: null };
    beginMarking(db);
  }
  const step = run(db, limits, limit, after);
  addToPending(db, step.removed);
  const isLast = step.after === null && stage === stages.length - 1;
  const next = step.after === null ? { stage: stage + 1, after: 0 } : { stage, after: step.after };
  return { removed: step.removed, next: isLast ? null : next };
}

const EXPIRED = codeOf(sessionStates, 'expired');
const ENDED = codeOf(sessionStates, 'ended');

/**
 * Over and forgotten: ended, revoked or expired before the limit, and not seen by a sweep since. What
 * still counts as live stays however old it is, with its whole history.
 */
const isOver = `(s.state >= ${ENDED} AND ifnull(s.ended_at, 0) < @cutoff
    OR s.state < ${ENDED} AND (s.expires_at < @cutoff OR s.state = ${EXPIRED} AND s.expires_at IS NULL))
  AND ${lastObserved} < @cutoff`;

function removeSessions(db: Db, { cutoffMs }: RetentionLimits, limit: number, after: number): StageStep {
  const found = find(db, 'session AS s', 's.id', isOver, cutoffMs, limit, after);
  const ids = JSON.stringify(found.ids);
  db.prepare('DELETE FROM finding_session WHERE session_id IN (SELECT value FROM json_each(?))').run(ids);
  const events = db
    .prepare(
      `DELETE FROM event WHERE session_id IN (SELECT value FROM json_each(?))
         AND (at < ? OR origin = ${codeOf(eventOrigins, 'synthesised')})`,
    )
    .run(ids, cutoffMs).changes;
  // What was reported since the limit stays, and names the session as one that is not stored.
  db.prepare(
    `UPDATE event SET session_key = (SELECT key_text(key) FROM session WHERE id = event.session_id), session_id = NULL
     WHERE session_id IN (SELECT value FROM json_each(?))`,
  ).run(ids);
  const observations = db
    .prepare<[string], number>(
      'SELECT total(observations) FROM session WHERE id IN (SELECT value FROM json_each(?))',
    )
    .pluck()
    .get(ids);
  db.prepare('DELETE FROM observation WHERE session_id IN (SELECT value FROM json_each(?))').run(ids);
  db.prepare('DELETE FROM session_alias WHERE session_id IN (SELECT value FROM json_each(?))').run(ids);
  const sessions = db
    .prepare('DELETE FROM session WHERE id IN (SELECT value FROM json_each(?))')
    .run(ids).changes;
  return { removed: { sessions, observations: observations ?? 0, events }, after: found.after };
}

function removeEvents(db: Db, { cutoffMs }: RetentionLimits, limit: number): StageStep {
  const events = db
    .prepare('DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at < ? ORDER BY at LIMIT ?)')
    .run(cutoffMs, limit).changes;
  return { removed: { events }, after: events < limit ? null : 1 };
}

/** An open finding is work that waits, for as long as one of its sessions is stored. */
const isSettled = `f.at < @cutoff AND (f.state <> ${codeOf(findingStates, 'open')}
  OR NOT EXISTS (SELECT 1 FROM finding_session AS named WHERE named.finding_id = f.id))`;

function removeFindings(
  db: Db,
  { findingsCutoffMs }: RetentionLimits,
  limit: number,
  after: number,
): StageStep {
  const found = find(db, 'finding AS f', 'f.id', isSettled, findingsCutoffMs, limit, after);
  const ids = JSON.stringify(found.ids);
  db.prepare('DELETE FROM finding_session WHERE finding_id IN (SELECT value FROM json_each(?))').run(ids);
  const findings = db
    .prepare('DELETE FROM finding WHERE id IN (SELECT value FROM json_each(?))')
    .run(ids).changes;
  if (findings > 0) forgetEmptyIncidents(db);
  return { removed: { findings }, after: found.after };
}

const hasNothing = `u.sessions = 0 AND NOT EXISTS (SELECT 1 FROM event WHERE user_id = u.id)
  AND NOT EXISTS (SELECT 1 FROM finding WHERE user_id = u.id)
  AND NOT EXISTS (SELECT 1 FROM incident WHERE user_id = u.id) AND @cutoff IS NOT NULL`;

function removeUsers(db: Db, { cutoffMs }: RetentionLimits, limit: number, after: number): StageStep {
  const found = find(db, 'user AS u', 'u.id', hasNothing, cutoffMs, limit, after);
  const users = db
    .prepare('DELETE FROM user WHERE id IN (SELECT value FROM json_each(?))')
    .run(JSON.stringify(found.ids)).changes;
  return { removed: { users }, after: found.after };
}

function markObservations(db: Db, _limits: RetentionLimits, _limit: number, after: number): StageStep {
  return { removed: {}, after: markObserved(db, after) };
}

function markFindings(db: Db, _limits: RetentionLimits, _limit: number, after: number): StageStep {
  return { removed: {}, after: markFound(db, after) };
}

/** Rows to remove among the next few thousand, by row number: the same effort whether there are many of them or none. */
function find(
  db: Db,
  table: string,
  id: string,
  condition: string,
  cutoff: number,
  limit: number,
  after: number,
): { ids: readonly number[]; after: number | null } {
  const ids = db
    .prepare<[Record<string, number>], number>(
      `SELECT ${id} FROM ${table} WHERE ${id} > @after AND ${id} <= @until AND (${condition}) ORDER BY ${id} LIMIT @limit`,
    )
    .pluck()
    .all({ after, until: after + SPAN, cutoff, limit });
  if (ids.length === limit) return { ids, after: ids[limit - 1] ?? null };
  const isMore = db.prepare<[number]>(`SELECT 1 FROM ${table} WHERE ${id} > ? LIMIT 1`).get(after + SPAN);
  return { ids, after: isMore === undefined ? null : after + SPAN };
}
