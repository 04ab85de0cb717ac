import { z } from 'zod';
import { instant } from './instant.ts';
import { personOrigin, userTag } from './person.ts';

/** A subject at a source. */
export const user = z.object({
  source: z.string(),
  userId: z.string(),
  userName: z.string().nullable(),
  email: z.string().nullable(),
  personId: z.string().nullable(),
  /** How the user came to that person, or was parted from one; null: neither. */
  personFrom: personOrigin.nullable(),
  /** Who linked or parted it by hand, and when. */
  personBy: z.string().nullable(),
  personAt: instant.nullable(),
  /** What the user is, by the analyst's word or else the source's; sorted. */
  tags: z.array(userTag),
  /** What the source tells of that, the analyst's word apart; sorted. */
  toldTags: z.array(userTag),
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
