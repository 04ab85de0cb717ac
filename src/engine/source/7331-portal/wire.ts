import { z } from 'zod';
import { isoMs } from '../rows.ts';

/** The start of a session is part of its identity: without it the element is not understood. */
const moment = z.unknown().transform((value, context): number => {
  const ms = isoMs(value);
  if (ms !== null) return ms;
  context.addIssue({ code: 'custom', message: 'should be an ISO 8601 time with a zone' });
  return z.NEVER;
});

const flag = z.boolean().catch(false);

/** Where an address is and whose, as the server's own database says; every part may be missing. */
const geo = z
  .looseObject({
    city: z.unknown(),
    region_name: z.unknown(),
    country_code: z.unknown(),
    lat: z.unknown(),
    lon: z.unknown(),
    isp: z.unknown(),
    org: z.unknown(),
    is_mobile: flag,
    is_proxy: flag,
    is_hosting: flag,
  })
  .nullish()
  .catch(null);
export type WireGeo = z.output<typeof geo>;

/** `GET /v1/users/me/sessions` (docs.7331.org, newer interface); what is in its lists is read one by one. */
export const wireListing = z.looseObject({
  sessions: z.array(z.unknown()),
  /** Ended sessions, without those still active. */
  history: z.array(z.unknown()).nullish(),
});

/** An element of either list; those of `history` have neither `expires_at` nor `is_current`. */
export const wireSession = z.looseObject({
  /** The end of the token: 6 characters, not unique. */
  token_suffix: z.string().min(1).max(256),
  created_at: moment,
  expires_at: z.unknown(),
  client_ip: z.unknown(),
  user_agent: z.unknown(),
  geo,
  is_current: z.boolean().nullable().catch(null),
});
export type WireSession = z.output<typeof wireSession>;
