import { EngineError } from '../errors.ts';
import type { Db } from './database.ts';

/** The sweep that a page belongs to; throws `conflict` when it is over or its source is gone. */
export function openSweep(db: Db, sweep: number): OpenSweep {
  const row = db
    .prepare<[number], Omit<OpenSweep, 'reportsEvents'> & { reportsEvents: number }>(
      `SELECT sweep.id, listing.source_id AS sourceId, listing.id AS listingId, sweep.started_at AS startedAt,
         listing.last_complete_at AS previousCompleteAt, source.reports_events AS reportsEvents
       FROM sweep JOIN listing ON listing.id = sweep.listing_id JOIN source ON source.id = listing.source_id
       WHERE sweep.id = ? AND sweep.finished_at IS NULL`,
    )
    .get(sweep);
  if (row === undefined) {
    throw new EngineError(
      'conflict',
      'This sweep is over: its source was removed, or another sweep took its place.',
    );
  }
  return { ...row, reportsEvents: row.reportsEvents === 1 };
}

/** A sweep under way, as ingest needs it. */
export type OpenSweep = {
  readonly id: number;
  readonly sourceId: number;
  readonly listingId: number;
  readonly startedAt: number;
  /** When the last complete sweep of this listing began: what was stored then is known to have been true then. */
  readonly previousCompleteAt: number | null;
  readonly reportsEvents: boolean;
};
