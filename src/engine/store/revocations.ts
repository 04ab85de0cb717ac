import {
  revocationItemState,
  revocationState,
  type Revocation,
  type RevocationCounts,
  type RevocationItem,
  type RevocationItemState,
  type RevocationState,
  type RevocationSummary,
} from '../../contract/revocation.ts';
import { EngineError } from '../errors.ts';
import type { Db } from './database.ts';
import { iso, isoOrNull } from './instant.ts';
import type { RevocationRecord } from './revocation-record.ts';

type JobRow = {
  number: number;
  id: string;
  state: string;
  reason: string;
  created_at: number;
  finished_at: number | null;
};

type ItemRow = {
  session_key: string;
  source: string;
  user_id: string;
  user_name: string | null;
  hint: string;
  state: string;
  why: string | null;
};

/** The frozen list, written whole before anything else happens. */
export function createRevocation(db: Db, { id, reason, createdAtMs, items }: RevocationRecord): void {
  const job = db
    .prepare("INSERT INTO revocation (id, state, reason, created_at) VALUES (?, 'planned', ?, ?)")
    .run(id, reason, createdAtMs);
  const insert = db.prepare(
    `INSERT INTO revocation_item
       (revocation_number, position, session_key, source, user_id, user_name, hint, state, why)
     VALUES (@job, @position, @session, @source, @userId, @userName, @hint, @state, @why)`,
  );
  for (const [position, item] of items.entries()) {
    insert.run({ ...item, job: job.lastInsertRowid, position });
  }
}

/** Throws `not-found` when the job does not name the session. */
export function setRevocationItem(
  db: Db,
  id: string,
  session: string,
  state: RevocationItemState,
  why: string | null,
): void {
  const { changes } = db
    .prepare(
      `UPDATE revocation_item SET state = ?, why = ?
       WHERE revocation_number = (SELECT number FROM revocation WHERE id = ?) AND session_key = ?`,
    )
    .run(state, why, id, session);
  if (changes === 0) throw new EngineError('not-found', `Revocation "${id}" has no session "${session}".`);
}

/** Throws `not-found` when there is no such job. */
export function setRevocationState(
  db: Db,
  id: string,
  state: RevocationState,
  finishedAtMs: number | null,
): void {
  const { changes } = db
    .prepare('UPDATE revocation SET state = ?, finished_at = ? WHERE id = ?')
    .run(state, finishedAtMs, id);
  if (changes === 0) throw new EngineError('not-found', `There is no revocation "${id}".`);
}

/** Newest first. */
export function readRevocations(db: Db, limit: number): RevocationSummary[] {
  return db
    .prepare<[number], JobRow>('SELECT * FROM revocation ORDER BY created_at DESC, number DESC LIMIT ?')
    .all(limit)
    .map((row) => summaryOf(db, row));
}

export function readRevocation(db: Db, id: string): Revocation | null {
  const row = db.prepare<[string], JobRow>('SELECT * FROM revocation WHERE id = ?').get(id);
  if (row === undefined) return null;
  const items = db
    .prepare<[number], ItemRow>('SELECT * FROM revocation_item WHERE revocation_number = ? ORDER BY position')
    .all(row.number);
  return { ...summaryOf(db, row), items: items.map(itemOf) };
}

export function readSummary(db: Db, id: string): RevocationSummary | null {
  const row = db.prepare<[string], JobRow>('SELECT * FROM revocation WHERE id = ?').get(id);
  return row === undefined ? null : summaryOf(db, row);
}

/** Planned or running: nobody stopped them, so somebody has to finish them. */
export function readUnfinished(db: Db): string[] {
  return db
    .prepare<[], { id: string }>(
      "SELECT id FROM revocation WHERE state IN ('planned', 'running') ORDER BY number",
    )
    .all()
    .map(({ id }) => id);
}

function summaryOf(db: Db, row: JobRow): RevocationSummary {
  const counted = db
    .prepare<[number], { state: string; items: number }>(
      'SELECT state, count(*) AS items FROM revocation_item WHERE revocation_number = ? GROUP BY state',
    )
    .all(row.number);
  const counts: RevocationCounts = {};
  for (const { state, items } of counted) counts[revocationItemState.parse(state)] = items;
  return {
    id: row.id,
    state: revocationState.parse(row.state),
    reason: row.reason,
    createdAt: iso(row.created_at),
    finishedAt: isoOrNull(row.finished_at),
    counts,
  };
}

function itemOf(row: ItemRow): RevocationItem {
  return {
    session: row.session_key,
    source: row.source,
    userId: row.user_id,
    userName: row.user_name,
    hint: row.hint,
    state: revocationItemState.parse(row.state),
    why: row.why,
  };
}
