import { z } from 'zod';
import { anything } from '../rows.ts';

const id = z.string().min(1).max(256);

/** One session. Its `token` is a live credential: it becomes a Secret in the transform and nothing else. */
export const wireSession = z.object({
  id,
  token: z.string().min(1).max(4096),
  userId: id,
  createdAt: anything,
  updatedAt: anything,
  expiresAt: anything,
  ipAddress: anything,
  userAgent: anything,
  impersonatedBy: anything,
});
export type WireSession = z.infer<typeof wireSession>;

/** `role` only with the plugin `admin()`: one role, or several apart by commas. */
export const wireUser = z.object({
  id,
  name: anything,
  email: anything,
  emailVerified: anything,
  role: anything,
});
export type WireUser = z.infer<typeof wireUser>;

/** `get-session`: null when the credential's session is gone. */
export const wireOwn = z.object({ session: z.object({ id }), user: wireUser }).nullable();

/** `list-sessions` is a bare array. */
export const wireSessions = z.array(z.unknown());

export const wireUserPage = z.object({ users: z.array(wireUser), total: z.number().int().nonnegative() });
export const wireUserSessions = z.object({ sessions: z.array(z.unknown()) });

/** Revoking answers so for every token, real or not. */
export const wireRevoked = z.union([
  z.object({ status: z.literal(true) }),
  z.object({ success: z.literal(true) }),
]);

export const wireRefusal = z.object({ code: z.string() });
