import { codeOf, sessionStates } from '../query/codes.ts';
import type { Db } from './database.ts';

const EXPIRED = codeOf(sessionStates, 'expired');

/**
 * Stores as expired what has expired since it was last written, at most `limit` sessions, the longest expired first.
 * Reads apply expiry by themselves, so this changes no answer; it keeps few what they have to look at one by one.
 */
export function settleExpired(db: Db, nowMs: number, limit: number): number {
  return db
    .prepare(
      `UPDATE session SET state = ${EXPIRED} WHERE id IN (
         SELECT id FROM session WHERE source_id IN (SELECT id FROM source) AND state IN (0, 1) AND expires_at <= ?
         ORDER BY expires_at LIMIT ?)`,
    )
    .run(nowMs, limit).changes;
}
