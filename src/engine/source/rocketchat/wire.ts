import { z } from 'zod';
import { anything } from '../rows.ts';

/** A part that may be missing or nonsense without making the row worthless. */
const optionalObject = <S extends z.ZodRawShape>(shape: S) => z.object(shape).nullable().catch(null);

/**
 * One row of `sessions/list` and `sessions/list.all`. Keys that are not named here are dropped, among them
 * `loginToken`, which some versions send.
 */
export const wireSession = z.object({
  sessionId: z.string().min(1).max(256),
  userId: z.string().min(1).max(256),
  ip: anything,
  loginAt: anything,
  device: optionalObject({
    type: anything,
    name: anything,
    version: anything,
    longVersion: anything,
    os: optionalObject({ name: anything, version: anything }),
  }),
  /** In `list.all` only; absent when the user was deleted. */
  _user: optionalObject({ name: anything, username: anything }),
});
export type WireSession = z.infer<typeof wireSession>;

/** `count` is left out on purpose: it echoes the page size that was asked for. */
export const wirePage = z.object({
  sessions: z.array(z.unknown()),
  total: z.number().int().nonnegative(),
  success: z.literal(true).optional(),
});

export const wireMe = z.object({
  _id: z.string().min(1).max(256),
  name: anything,
  username: anything,
  emails: z.array(optionalObject({ address: anything, verified: anything })).catch([]),
  /** Of the credential's user only: no listing tells anybody else's. */
  roles: z.array(z.unknown()).nullable().catch(null),
  success: z.literal(true).optional(),
});
export type WireMe = z.infer<typeof wireMe>;

export const wireLogout = z.object({ sessionId: z.string(), success: z.literal(true).optional() });

/** Any refusal: versions differ in which of these keys they send. */
export const wireRefusal = z.object({ error: z.string().catch(''), errorType: z.string().catch('') });
