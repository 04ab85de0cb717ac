import { z } from 'zod';
import { instant } from './instant.ts';
import { userTag } from './person.ts';

/** A subject at a source. */
export const user = z.object({
  source: z.string(),
  userId: z.string(),
  userName: z.string().nullable(),
  email: z.string().nullable(),
  personId: z.string().nullable(),
  /** What an analyst says the user is, sorted. */
  tags: z.array(userTag),
  /** Sessions that have not ended, expired or been revoked. */
  liveSessions: z.number().int(),
  sessions: z.number().int(),
  /** Findings in state `open`. */
  openFindings: z.number().int(),
  /** Countries of the live sessions, sorted. */
  countries: z.array(z.string()),
  lastObservedAt: instant.nullable(),
});
export type User = z.infer<typeof user>;
