import { isAbsolute } from 'node:path';
import type { ReportFormat, ReportProgress } from '../../contract/report.ts';
import { EngineError } from '../errors.ts';
import { isTimeZone, metaText, type ReportMeta } from './meta.ts';
import { PartialFile } from './partial-file.ts';
import { textFormats } from './text-formats.ts';

/** Progress is for eyes: more often than this it would only cost the hosts that carry it. */
const MS_BETWEEN_PROGRESS = 100;

/** Lines of a report, already in its format. */
export type LinePage = { readonly text: Uint8Array; readonly rows: number };

export type ReportInput = {
  /** Read once, in order, each when the one before is written; any number of them. */
  readonly pages: AsyncIterable<LinePage>;
  /** How many rows are expected, for the progress only. */
  readonly total: number;
  readonly format: ReportFormat;
  /** Absolute path of the data file; `.meta.json` is added for the one beside it. */
  readonly path: string;
  readonly meta: ReportMeta;
  /** Milliseconds, for the pace of the progress only. */
  readonly now: () => number;
  readonly signal: AbortSignal;
};

/**
 * Writes a report and the description beside it; yields progress, ten times a second at most, then where they are. Both
 * appear under their names only when they are whole, replacing older ones. Aborting, a consumer that stops listening, or a
 * failing read leaves nothing behind. Throws `invalid-input` for a path that can't be written and a time zone nobody
 * knows, `cancelled` when aborted.
 */
export async function* writeReport(input: ReportInput): AsyncGenerator<ReportProgress, void, void> {
  const { path, format, total, meta, signal } = input;
  check(input);
  const metaPath = `${path}.meta.json`;
  await using data = await PartialFile.begin(path);
  await using description = await PartialFile.begin(metaPath);

  let rows = 0;
  const isDue = pace(input.now);
  yield { kind: 'progress', rows, total };
  await data.write(Buffer.from(textFormats[format].header));
  for await (const page of input.pages) {
    throwIfCancelled(signal);
    await data.write(page.text);
    rows += page.rows;
    if (isDue()) yield { kind: 'progress', rows, total };
  }
  const sha256 = await data.finish();
  await description.write(Buffer.from(metaText({ path, format, rows, bytes: data.bytes, sha256 }, meta)));
  await description.finish();
  throwIfCancelled(signal);
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

/** Says whether it is time to tell the progress again. */
function pace(now: () => number): () => boolean {
  let toldAtMs = now();
  return () => {
    if (now() - toldAtMs < MS_BETWEEN_PROGRESS) return false;
    toldAtMs = now();
    return true;
  };
}
