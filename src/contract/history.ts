import { z } from 'zod';
import { sourceId } from './source.ts';

/** How a file tells of logins: one JSON object a line, or the columns of the RBA data set. */
export const historyFormat = z.enum(['events-jsonl', 'rba-csv']);
export type HistoryFormat = z.infer<typeof historyFormat>;

export const historyImportRequest = z.object({
  /** Absolute path on the engine's machine; may be compressed with gzip. */
  file: z.string().min(1).max(4096),
  /** Source that the events belong to; made when there is none of that id. */
  source: sourceId,
  /** Null: what the first line looks like. */
  format: historyFormat.nullable().default(null),
});
export type HistoryImportRequest = z.infer<typeof historyImportRequest>;

/** What an import came to. `read` = `accepted` + `rejected`; lines without anything on them don't count. */
export const historyImported = z.object({
  read: z.number().int(),
  /** Lines that were understood; those that were stored before included. */
  accepted: z.number().int(),
  rejected: z.number().int(),
  /** Events never stored before. */
  events: z.number().int(),
  /** Findings never made before. */
  findings: z.number().int(),
  /** Accepted lines that are not stored, because retention would remove them again. */
  forgotten: z.number().int(),
  /** The first rejected lines, each with its reason. */
  rejectedExamples: z.array(z.string()),
  source: z.string(),
  format: historyFormat,
});
export type HistoryImported = z.infer<typeof historyImported>;

/** What an import subscription yields: how far it is, and then what it came to. */
export const historyImportProgress = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reading'),
    /** Of the file as it lies there. */
    bytes: z.number().int(),
    totalBytes: z.number().int(),
    read: z.number().int(),
    rejected: z.number().int(),
    events: z.number().int(),
  }),
  /** The rules run over the users of the file. */
  z.object({ kind: z.literal('judging'), users: z.number().int(), totalUsers: z.number().int() }),
  z.object({ kind: z.literal('done'), result: historyImported }),
]);
export type HistoryImportProgress = z.infer<typeof historyImportProgress>;
