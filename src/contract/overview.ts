import { z } from 'zod';
import { sessionState } from './session.ts';

const count = z.number().int();

/** Where things stand: what the first page shows as numbers. */
export const overview = z.object({
  /** Sessions that match the query, by state. */
  sessions: z.record(sessionState, count),
  /**
   * Open incidents, whatever the query: what waits for an analyst waits unfiltered. Those that alert by severity, which is medium at
   * least; the others wait to be looked at and interrupt nobody.
   */
  openIncidents: z.object({ critical: count, high: count, medium: count, withoutAlert: count }),
});
export type Overview = z.infer<typeof overview>;
