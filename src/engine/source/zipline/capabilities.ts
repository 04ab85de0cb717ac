import type { Capabilities, ConfigOf } from '../../../contract/source.ts';

/** The session routes have no limiter: 1 per 2 s on average is what the product allows itself. */
const RATE = [{ max: 30, windowMs: 60_000, per: 'user' }] as const satisfies Capabilities['rate'];

/** Which session is current is told by the cookie alone. */
export function capabilitiesOf({ auth }: Pick<ConfigOf<'zipline'>, 'auth'>): Capabilities {
  return {
    scope: 'self',
    canListAll: false,
    canListUsers: false,
    canRevokeOne: true,
    canRevokeUser: false,
    // The API has an "all", which without a current session ends the analyst's own too: never used.
    canRevokeOthers: false,
    hasCurrentFlag: auth.cookie !== undefined,
    hasRawUserAgent: true,
    hasParsedDevice: true,
    ip: 'none',
    geo: 'none',
    hasNetworkFlags: false,
    hasExpiry: false,
    lastSeen: 'none',
    history: 'none',
    listIncludesExpired: true,
    idKind: 'id',
    idStability: 'stable',
    paging: 'none',
    orderStable: false,
    serverSort: 'none',
    revokeProof: 'listInAnswer',
    revokeLatencyMs: 0,
    minPollMs: 30_000,
    rate: [...RATE],
  };
}
