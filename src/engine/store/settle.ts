import { codeOf, sessionStates } from '../query/codes.ts';
import { unsettled } from '../query/fields/sessions.ts';
import type { Db } from './database.ts';

const EXPIRED = codeOf(sessionStates, 'expired');

/**
 * Stores as expired what has expired since this was last done, at most `limit` sessions, the longest expired first.
 * Reads apply expiry by themselves, so this changes no answer; it keeps few what they have to look at one by one.
 */
export function settleExpired(db: Db, nowMs: number, limit: number): void {
  const sessions = db
    .prepare<[{ now: number; limit: number }], { id: number; expiresAt: number }>(
      `SELECT s.id, s.expires_at AS expiresAt FROM session AS s WHERE ${unsettled} ORDER BY s.expires_at LIMIT @limit`,
    )
    .all({ now: nowMs, limit });
  const settle = db.prepare<[number]>(`UPDATE session SET state = ${EXPIRED} WHERE id = ?`);
  for (const { id } of sessions) settle.run(id);
  const last = sessions.length < limit ? undefined : sessions.at(-1);
  // Others may expire in the same millisecond as the last one that was settled.
  setSettled(db, last === undefined ? nowMs : last.expiresAt - 1);
}

/** A clock that went back makes sessions live again that had expired: what was settled since may not be relied upon. */
export function settledUntilAtMost(db: Db, nowMs: number): void {
  db.prepare('UPDATE settled SET until = ? WHERE until > ?').run(nowMs, nowMs);
}

function setSettled(db: Db, untilMs: number): void {
  db.prepare('UPDATE settled SET until = ?').run(untilMs);
}
