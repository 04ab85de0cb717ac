import type { Capabilities, ConfigOf } from '../../../contract/source.ts';
import { isCookieAuth } from './credential.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** One bucket for all of `/api/account/*`; its headers are missing on the first call of a window. */
export const IP_RATE = { max: 15, windowMs: 5 * 60_000, per: 'ip' } as const;
/** In verifications, of which one call takes several: one listing and two revokes use a key up. */
const KEY_RATE = { max: 10, windowMs: DAY_MS, per: 'key' } as const;

const COMMON = {
  scope: 'self',
  canListAll: false,
  canListUsers: false,
  canRevokeOne: true,
  canRevokeUser: false,
  // The panel's "delete all" answers success and deletes nothing.
  canRevokeOthers: false,
  hasRawUserAgent: true,
  hasParsedDevice: true,
  ip: 'prefix64',
  geo: 'none',
  hasNetworkFlags: false,
  hasExpiry: true,
  history: 'none',
  listIncludesExpired: true,
  idKind: 'secretToken',
  idStability: 'stable',
  paging: 'page',
  orderStable: false,
  serverSort: 'none',
  revokeProof: 'none',
  // The panel's cookie cache.
  revokeLatencyMs: 5 * 60_000,
} as const satisfies Partial<Capabilities>;

/** What the panel can do depends on the credential: an API key has no current session and little budget. */
export function capabilitiesOf({ auth }: Pick<ConfigOf<'xyrapanel'>, 'auth'>): Capabilities {
  return isCookieAuth(auth)
    ? { ...COMMON, hasCurrentFlag: true, lastSeen: 'selfOnly', minPollMs: 40_000, rate: [IP_RATE] }
    : {
        ...COMMON,
        hasCurrentFlag: false,
        lastSeen: 'none',
        minPollMs: DAY_MS / 3,
        rate: [IP_RATE, KEY_RATE],
      };
}
