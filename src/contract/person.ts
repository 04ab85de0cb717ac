import { z } from 'zod';
import { instant } from './instant.ts';

/** What a user is. `service`: no human being; `shared`: several people use it, a mailbox or a kiosk. */
export const userTag = z.enum(['administrator', 'service', 'shared']);
export type UserTag = z.infer<typeof userTag>;

/** A user as a source calls it. */
export const userRef = z.object({ source: z.string().min(1).max(64), userId: z.string().min(1).max(512) });
export type UserRef = z.infer<typeof userRef>;

/** How a user came to its person: by an equal verified e-mail or by hand; or that it was parted from one, by hand. */
export const personOrigin = z.enum(['email', 'hand', 'parted']);
export type PersonOrigin = z.infer<typeof personOrigin>;

/** Users known to be one human being: the same verified e-mail at several sources, or linked by hand. */
export const person = z.object({
  id: z.string(),
  users: z.array(
    z.object({
      source: z.string(),
      userId: z.string(),
      userName: z.string().nullable(),
      email: z.string().nullable(),
      /** Linked by an analyst; the others share a verified e-mail. */
      byHand: z.boolean(),
      /** Who linked it, and when; null where nobody did. */
      by: z.string().nullable(),
      at: instant.nullable(),
    }),
  ),
});
export type Person = z.infer<typeof person>;

/** Users that are one from now on, with whoever was linked to one of them before. */
export const linkRequest = z.object({ users: z.array(userRef).min(2, 'name at least two users').max(100) });
export type LinkRequest = z.infer<typeof linkRequest>;

/** All tags that a user has from now on; where they differ from what the source tells, they count. */
export const tagRequest = z.object({ user: userRef, tags: z.array(userTag).max(3) });
export type TagRequest = z.infer<typeof tagRequest>;
