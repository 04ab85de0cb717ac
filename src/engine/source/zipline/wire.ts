import { z } from 'zod';

/** Read further on, where nonsense becomes null; zod 4 wants a missing key allowed by name. */
const anything = z.unknown().optional();

/** A session, or in the oldest generation the bare id of one. */
const element = z.union([z.string(), z.looseObject({})]);

/**
 * `GET` and `DELETE /api/user/sessions`. `current` is null where the credential has no session of its own
 * (newest generation); rows are read one by one.
 */
export const wireListing = z.looseObject({ current: element.nullable(), other: z.array(z.unknown()) });
export type WireListing = z.output<typeof wireListing>;

export const wireSession = z.looseObject({
  id: z.string().min(1).max(256),
  createdAt: anything,
  ua: anything,
  client: anything,
  device: anything,
  /** Missing in the documentation's rows. */
  userId: anything,
});
export type WireSession = z.output<typeof wireSession>;

/** Three generations of error bodies: a number, a sentence in `message`, or one in `error`. */
export const wireRefusal = z.looseObject({
  code: z.number().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
});
