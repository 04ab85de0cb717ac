import { z } from 'zod';
import { severity } from './rules.ts';
import { sessionState } from './session.ts';

const count = z.number().int();

/** Where things stand: what the first page shows as numbers. */
export const overview = z.object({
  /** Sessions that match the query, by state. */
  sessions: z.record(sessionState, count),
  /** Open incidents that alert, by severity, whatever the query: what waits for an analyst waits unfiltered. */
  openIncidents: z.record(severity, count),
});
export type Overview = z.infer<typeof overview>;
