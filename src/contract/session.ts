import { z } from 'zod';
import { instant, timeQuality } from './instant.ts';
import { deviceKeys, whereKeys } from './place.ts';
import { ruleId } from './rules.ts';

export const sessionState = z.enum(['active', 'expired', 'ended', 'revoked', 'unknown']);
export type SessionState = z.infer<typeof sessionState>;

/** One session as every host sees it. Every key is always present; unknown is null. */
export const session = z.object({
  /** Public identity: an HMAC over source, account and native id, 26 characters of lower-case base 32. */
  key: z.string(),
  source: z.string(),
  /** Who the credential is: the account the listing was made as. */
  account: z.string(),
  userId: z.string(),
  userName: z.string().nullable(),
  personId: z.string().nullable(),
  state: sessionState,
  /** Whether this is the session of the credential itself; null where the source can't tell. */
  current: z.boolean().nullable(),
  startedAt: instant.nullable(),
  startedAtQuality: timeQuality,
  lastSeenAt: instant.nullable(),
  expiresAt: instant.nullable(),
  firstObservedAt: instant,
  lastObservedAt: instant,
  endedAt: instant.nullable(),
  ...whereKeys,
  ...deviceKeys,
  /** Who acts in this user's name: an administrator's id; null when nobody does, or the source can't tell. */
  impersonatedBy: z.string().nullable(),
  /** The last 4 characters of the native id: enough to recognise it, too few to use it. */
  hint: z.string(),
  revocable: z.boolean(),
  /** Rules of the findings that name this session, suppressed and closed ones left out. */
  findings: z.array(ruleId),
});
export type Session = z.infer<typeof session>;

/** What one poll saw of a session; kept only when something changed. */
export const observation = z.object({
  at: instant,
  state: sessionState,
  lastSeenAt: instant.nullable(),
  expiresAt: instant.nullable(),
  ...whereKeys,
  ...deviceKeys,
});
export type Observation = z.infer<typeof observation>;
