import { isAbsolute } from 'node:path';
import type { ReportFormat, ReportProgress } from '../../contract/report.ts';
import type { Session } from '../../contract/session.ts';
import { EngineError } from '../errors.ts';
import { csv } from './csv.ts';
import { jsonl } from './jsonl.ts';
import { isTimeZone, metaText, type ReportMeta } from './meta.ts';
import { PartialFile } from './partial-file.ts';
import type { RowFormat } from './row-format.ts';

/** Rows that are turned into text and written at once; progress is told as often. */
const BATCH = 500;

const rowFormats: Readonly<Record<ReportFormat, RowFormat>> = { csv, jsonl };

export type ReportInput = {
  /** Read once, in order; any number of them. */
  readonly rows: AsyncIterable<Session>;
  /** How many rows are expected, for the progress only. */
  readonly total: number;
  readonly format: ReportFormat;
  /** Absolute path of the data file; `.meta.json` is added for the one beside it. */
  readonly path: string;
  readonly meta: ReportMeta;
  readonly signal: AbortSignal;
};

/**
 * Writes a report and the description beside it; yields progress, then where they are. Both appear under their names
 * only when they are whole, replacing older ones. Aborting, a consumer that stops listening, or a failing read leaves
 * nothing behind. Throws `invalid-input` for a path that can't be written and a time zone nobody knows, `cancelled` when aborted.
 */
export async function* writeReport(input: ReportInput): AsyncGenerator<ReportProgress, void, void> {
  const { path, format, total, meta } = input;
  check(input);
  const metaPath = `${path}.meta.json`;
  const { header, encode } = rowFormats[format];
  await using data = await PartialFile.begin(path);
  await using description = await PartialFile.begin(metaPath);

  let rows = 0;
  yield { kind: 'progress', rows, total };
  await data.write(header);
  for await (const batch of batches(input.rows)) {
    throwIfCancelled(input.signal);
    await data.write(encode(batch));
    rows += batch.length;
    yield { kind: 'progress', rows, total };
  }
  const sha256 = await data.finish();
  await description.write(metaText({ path, format, rows, bytes: data.bytes, sha256 }, meta));
  await description.finish();
  throwIfCancelled(input.signal);
  await data.keep();
  await description.keep();
  yield { kind: 'done', result: { path, metaPath, rows, bytes: data.bytes } };
}

function check({ path, meta, signal }: ReportInput): void {
  throwIfCancelled(signal);
  if (!isAbsolute(path)) {
    throw new EngineError('invalid-input', 'The path of a report must be absolute.', { field: 'path' });
  }
  if (!isTimeZone(meta.timeZone)) {
    const message = 'The time zone is not known; use an IANA name such as Europe/Berlin.';
    throw new EngineError('invalid-input', message, { field: 'timeZone' });
  }
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new EngineError('cancelled', 'The report was cancelled; no file was written.');
}

async function* batches(rows: AsyncIterable<Session>): AsyncGenerator<readonly Session[]> {
  let batch: Session[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
