import type { Problem } from '../../contract/error-codes.ts';
import { inParts } from '../in-parts.ts';
import { codeOf, sessionStates } from '../query/codes.ts';
import { fold } from '../query/fold.ts';
import type { Account } from '../source/source.ts';
import type { SweepResult } from './batch-result.ts';
import { CHANGED_AT_ONCE, type Db } from './database.ts';
import type { Ingest } from './ingest.ts';
import type { OpenSweep } from './open-sweep.ts';
import { joinReconnects } from './reconnects.ts';
import { unlistedSessions, type SeenSessions } from './seen-sessions.ts';
import { usersToWatch } from './revocation-watch.ts';
import { settledUntilAtMost } from './settle.ts';
import { findSource } from './sources.ts';
import type { StoreWriter } from './store-writer.ts';

export type SweepEnd = Parameters<StoreWriter['finishSweep']>[1];

const ENDED = codeOf(sessionStates, 'ended');
/** Sweeps remembered per listing: enough to see when a source began to fail. */
const KEPT_SWEEPS = 500;

/** Sweeps that a crash cut off are closed as what they are: incomplete. */
export function closeCutOffSweeps(db: Db, atMs: number): void {
  db.prepare(
    `UPDATE sweep SET finished_at = ?, is_complete = 0, problem_code = 'incomplete',
       problem_message = 'Sessionscope ended while this sweep was under way.'
     WHERE finished_at IS NULL`,
  ).run(atMs);
}

/** A listing of one's own sessions is named by its account; a listing of everybody is the same whoever asks. */
export function beginSweep(db: Db, source: string, account: Account, atMs: number): number {
  const { id, listsEverybody } = findSource(db, source);
  const listing = db
    .prepare<[number, string, string, string], { id: number }>(
      `INSERT INTO listing (source_id, scope, account, account_folded) VALUES (?, ?, ?, ?)
       ON CONFLICT (source_id, scope) DO UPDATE
         SET account = excluded.account, account_folded = excluded.account_folded
       RETURNING id`,
    )
    .get(id, listsEverybody ? '*' : account.id, account.id, fold(account.id));
  settledUntilAtMost(db, atMs);
  db.prepare('UPDATE source SET last_attempt_at = ? WHERE id = ?').run(atMs, id);
  const begun = db.prepare('INSERT INTO sweep (listing_id, started_at) VALUES (?, ?)').run(listing?.id, atMs);
  return Number(begun.lastInsertRowid);
}

/** Closes a sweep, inside the caller's transaction. Only a complete one says anything about what was not listed. */
export function finishSweep(
  db: Db,
  ingest: Ingest,
  sweep: OpenSweep,
  end: SweepEnd,
  atMs: number,
): SweepResult {
  const joined =
    end.complete && end.idReconnects
      ? joinReconnects(db, ingest, sweep, atMs)
      : { keys: new Map(), users: [], touchedDays: [] };
  const ended = end.complete ? endUnlisted(db, ingest.seen, sweep, atMs) : 0;
  if (end.complete) {
    db.prepare('UPDATE listing SET last_complete_at = ? WHERE id = ?').run(sweep.startedAt, sweep.listingId);
  } else {
    rememberSeen(db, ingest.seen.all(sweep.id), atMs);
  }
  recordEnd(db, sweep, end, atMs);
  const watched = end.complete ? usersToWatch(db, sweep, atMs) : [];
  const touched = [...joined.users, ...watched];
  return { ended, touched, touchedDays: joined.touchedDays, joined: joined.keys };
}

function endUnlisted(db: Db, seen: SeenSessions, sweep: OpenSweep, atMs: number): number {
  const unlisted = unlistedSessions(db, seen, sweep);
  const end = db.prepare(
    `UPDATE session
     SET state = @ended, ended_at = @at, last_observed_at = max(last_observed_at, ifnull(@previous, 0)), tells_end = 1
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  );
  for (const ids of inParts(unlisted, CHANGED_AT_ONCE)) {
    end.run({ ended: ENDED, at: atMs, previous: sweep.previousCompleteAt, ids: JSON.stringify(ids) });
  }
  return unlisted.length;
}

/** A complete sweep says for all its sessions when they were last observed; one that broke off, for each it saw. */
function rememberSeen(db: Db, seen: readonly number[], atMs: number): void {
  const remember = db.prepare(
    'UPDATE session SET last_observed_at = ? WHERE id IN (SELECT value FROM json_each(?))',
  );
  for (const ids of inParts(seen, CHANGED_AT_ONCE)) remember.run(atMs, JSON.stringify(ids));
}

function recordEnd(db: Db, sweep: OpenSweep, end: SweepEnd, atMs: number): void {
  const problem: Problem | null = end.problem;
  db.prepare(
    'UPDATE sweep SET finished_at = ?, is_complete = ?, problem_code = ?, problem_message = ? WHERE id = ?',
  ).run(atMs, Number(end.complete), problem?.code ?? null, problem?.message ?? null, sweep.id);
  db.prepare(
    `UPDATE source SET problem_code = @code, problem_message = @message, rejected_rows = @rejectedRows,
       rejected_examples = @rejectedExamples,
       last_complete_at = CASE WHEN @isComplete = 1 THEN @at ELSE last_complete_at END,
       first_complete_at = CASE WHEN @isComplete = 1 THEN ifnull(first_complete_at, @at) ELSE first_complete_at END
     WHERE id = @source`,
  ).run({
    code: problem?.code ?? null,
    message: problem?.message ?? null,
    rejectedRows: end.rejectedRows,
    rejectedExamples: JSON.stringify(end.rejectedExamples),
    isComplete: Number(end.complete),
    at: atMs,
    source: sweep.sourceId,
  });
  db.prepare(
    `DELETE FROM sweep WHERE listing_id = @listing AND id <= (
       SELECT id FROM sweep WHERE listing_id = @listing ORDER BY id DESC LIMIT 1 OFFSET @kept)`,
  ).run({ listing: sweep.listingId, kept: KEPT_SWEEPS });
}
