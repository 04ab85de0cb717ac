import type { ReportFormat } from '../../../contract/report.ts';

/** Sessions as they go into a file: pages of `limit` lines or fewer, by the `next` of the page before (null: from the start). */
export type SessionTextRequest = {
  readonly query: string;
  readonly format: ReportFormat;
  readonly cursor: string | null;
  readonly limit: number;
};

/** A page of lines in UTF-8. `text` is all that its buffer holds, so a thread hands the buffer over instead of copying it. */
export type TextPage = {
  readonly text: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  /** Null on the last page. */
  readonly next: string | null;
};
