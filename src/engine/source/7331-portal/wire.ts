import { z } from 'zod';
import { isoMs } from '../rows.ts';

/** Read further on, where nonsense becomes null; zod 4 wants a missing key allowed by name. */
const anything = z.unknown().optional();

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
    city: anything,
    region_name: anything,
    country_code: anything,
    lat: anything,
    lon: anything,
    isp: anything,
    org: anything,
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
  expires_at: anything,
  client_ip: anything,
  user_agent: anything,
  geo,
  is_current: z.boolean().nullable().catch(null),
});
export type WireSession = z.output<typeof wireSession>;
