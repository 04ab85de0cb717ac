import { z } from 'zod';

/** Formats of the first version; `json`, `xlsx`, `html` and `pdf` are refused with a sentence until they exist. */
export const reportFormat = z.enum(['csv', 'jsonl']);
export type ReportFormat = z.infer<typeof reportFormat>;

export const reportRequest = z.object({
  query: z.string().max(4096).default(''),
  format: reportFormat,
  /** Absolute path; null lets the engine choose one in its reports folder. */
  path: z.string().nullable().default(null),
  /** IANA name of the zone the reader works in, for the report's own words; rows stay in UTC. */
  timeZone: z.string().default('UTC'),
});
export type ReportRequest = z.infer<typeof reportRequest>;

export const reportDone = z.object({
  path: z.string(),
  metaPath: z.string(),
  rows: z.number().int(),
  bytes: z.number().int(),
});
export type ReportDone = z.infer<typeof reportDone>;

/** What a report subscription yields: steps, then the result. */
export const reportProgress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), rows: z.number().int(), total: z.number().int() }),
  z.object({ kind: z.literal('done'), result: reportDone }),
]);
export type ReportProgress = z.infer<typeof reportProgress>;
