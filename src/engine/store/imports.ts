import type { ImportedPage } from './batch-result.ts';
import { withinRetention } from './care/within-retention.ts';
import type { Db } from './database.ts';
import type { Ingest } from './ingest.ts';
import type { EventRecord } from './records.ts';
import { findSource } from './sources.ts';
import type { StoreWriter } from './store-writer.ts';

/** See `StoreWriter.importEvents`; inside the caller's transaction. Throws `not-found` once the source is removed. */
export function importEvents(
  db: Db,
  ingest: Ingest,
  source: string,
  events: readonly EventRecord[],
  atMs: number,
): ImportedPage {
  const kept = withinRetention(db, { rows: [], history: [], events }, atMs).events;
  const written = ingest.writeEvents(findSource(db, source).id, kept, atMs);
  return { ...written, forgotten: events.length - kept.length };
}

/** See `StoreWriter.recordImport`. */
export function recordImport(
  db: Db,
  source: string,
  rejected: Parameters<StoreWriter['recordImport']>[1],
  atMs: number,
): void {
  db.prepare(
    `UPDATE source SET last_attempt_at = @at, last_complete_at = @at, problem_code = NULL, problem_message = NULL,
       rejected_rows = @lines, rejected_examples = @examples
     WHERE id = @source`,
  ).run({
    at: atMs,
    lines: rejected.lines,
    examples: JSON.stringify(rejected.examples),
    source: findSource(db, source).id,
  });
}
