import { z } from 'zod';

/** Read further on, where nonsense becomes null; zod 4 wants a missing key allowed by name. */
const anything = z.unknown().optional();

/**
 * The token is the last part of a path when the session is ended. Dot segments and an empty text would make that
 * path the one that ends all sessions, and a broken text can't be written into a path at all.
 */
const isUsableToken = (token: string) => token.isWellFormed() && !/^\.{0,2}$/.test(token);

/** An element of `data`. `issuedAt` and `fingerprint` are not read: one is invented, the other is a secret. */
export const wireSession = z.looseObject({
  /** A live credential and the only id. */
  token: z.string().max(4096).refine(isUsableToken, 'can not be used as an id'),
  expiresAt: anything,
  /** Milliseconds since 1970, the same moment as `expiresAt`. */
  expiresAtTimestamp: anything,
  isCurrent: z.boolean().nullable().catch(null),
  ipAddress: anything,
  userAgent: anything,
  browser: anything,
  device: anything,
  /** Filled on one's own row only, by the very request that reads it. */
  lastSeenAt: anything,
  firstSeenAt: anything,
});
export type WireSession = z.output<typeof wireSession>;

/** `GET /api/account/sessions`; the rows are read one by one, `currentToken` never. */
export const wirePage = z.looseObject({
  data: z.array(z.unknown()),
  pagination: z.looseObject({ total: z.number().int().nonnegative() }),
});
export type WirePage = z.output<typeof wirePage>;

/** `DELETE /api/account/sessions/{token}`. `currentSessionRevoked` is wrong in both directions and not read. */
export const wireRevoked = z.looseObject({ data: z.looseObject({ revoked: z.boolean() }) });
