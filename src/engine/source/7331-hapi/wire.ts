import { z } from 'zod';
import { isoMs } from '../rows.ts';

/** Read further on, where nonsense becomes null; zod 4 wants a missing key allowed by name. */
const anything = z.unknown().optional();

/** A moment that something is identified or ordered by: without it the element is not understood. */
const moment = z.unknown().transform((value, context): number => {
  const ms = isoMs(value);
  if (ms !== null) return ms;
  context.addIssue({ code: 'custom', message: 'should be an ISO 8601 time with a zone' });
  return z.NEVER;
});

/** Where an address is, as the server's own database says; every part may be missing. */
const geo = z.looseObject({ country: anything, city: anything, region: anything }).nullish().catch(null);
export type WireGeo = z.output<typeof geo>;

/** `GET /v1/users/me/sessions` (docs.7331.org, older interface); what is in its lists is read one by one. */
export const wireListing = z.looseObject({
  sessions: z.array(z.unknown()),
  /** By address. */
  geo_map: z.record(z.string(), geo).nullish(),
  /** By address, newest first; the address of a live session may be missing. */
  login_history: z.record(z.string(), z.array(z.unknown())).nullish(),
});
export type WireListing = z.output<typeof wireListing>;

export const wireSession = z.looseObject({
  /** The end of the token: 6 characters, not unique. */
  token_suffix: z.string().min(1).max(256),
  created_at: moment,
  expires_at: anything,
  client_ip: anything,
  geo,
  is_current: z.boolean().nullable().catch(null),
});
export type WireSession = z.output<typeof wireSession>;

export const wireLogin = z.looseObject({ ts: moment, ua: anything });
