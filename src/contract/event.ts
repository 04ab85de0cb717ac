import { z } from 'zod';
import { instant } from './instant.ts';
import { deviceKeys, whereKeys } from './place.ts';

export const eventOutcome = z.enum(['success', 'failure', 'unknown']);
export type EventOutcome = z.infer<typeof eventOutcome>;

/** Something that happened at one moment: a login, a refresh, an end; reported by a source or synthesised by us. */
export const event = z.object({
  id: z.string(),
  source: z.string(),
  userId: z.string(),
  userName: z.string().nullable(),
  at: instant,
  kind: z.enum(['login', 'failure', 'refresh', 'end']),
  outcome: eventOutcome,
  origin: z.enum(['reported', 'synthesised']),
  /** Key of the session it belongs to, where known. */
  session: z.string().nullable(),
  ...whereKeys,
  ...deviceKeys,
});
export type Event = z.infer<typeof event>;
