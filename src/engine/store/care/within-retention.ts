import type { Db } from '../database.ts';
import type { Batch } from '../records.ts';
import { cutoffMs, readRetention } from './retention.ts';

/**
 * A page without what retention would remove again: sources go on telling of logins and sessions that were over long ago,
 * and what is forgotten stays forgotten. What a source lists as its present sessions is always kept.
 */
export function withinRetention(db: Db, batch: Batch, nowMs: number): Batch {
  if (batch.events.length === 0 && batch.history.length === 0) return batch;
  const cutoff = cutoffMs(readRetention(db).days, nowMs);
  if (cutoff === null) return batch;
  return {
    ...batch,
    events: batch.events.filter(({ atMs }) => atMs >= cutoff),
    history: batch.history.filter(
      ({ lastSeenAtMs, startedAtMs }) => (lastSeenAtMs ?? startedAtMs ?? cutoff) >= cutoff,
    ),
  };
}
