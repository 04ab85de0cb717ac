import { isoSecondsOf, MINUTE_MS, skewedClock, type DemoClock } from '../clock.ts';
import type { ApiHandle } from './api-handle.ts';
import { createFaults } from './faults.ts';
import { createRateWindow } from './rate-window.ts';
import type { ApiRequest } from './request.ts';
import { startServer, type Answer } from './server.ts';

/** One sign-in of the account. Once ended it moves from `sessions` to `history`, suffix and start unchanged. */
export type PortalSession = {
  /** Last 6 characters of the token; not unique by contract. */
  suffix: string;
  createdAtMs: number;
  expiresAtMs: number;
  ip: string;
  userAgent: string;
  geo: PortalGeo;
  isCurrent: boolean;
  /** Told nowhere: history has no end. */
  endedAtMs: number | null;
};
export type PortalGeo = {
  city: string;
  region_name: string;
  country_code: string;
  lat: number;
  lon: number;
  isp: string;
  org: string;
  is_mobile: boolean;
  is_proxy: boolean;
  is_hosting: boolean;
};

export type PortalOptions = {
  readonly clock: DemoClock;
  readonly sessions: PortalSession[];
  /** The `psession` values that are let in. */
  readonly cookies: readonly string[];
  /** Calls per minute and address, default 120; null: no limiter. */
  readonly callsPerMinute?: number | null;
  readonly clockSkewMs?: number;
  /** Called when a listing is asked for: the account may have lived on. */
  readonly onFirstPage?: () => void;
};

export type PortalApi = ApiHandle<PortalSession, Record<string, never>> & { readonly kind: '7331-portal' };

/** Plays the newer 7331 interface: `GET /v1/users/me/sessions`, read-only. */
export async function createPortalApi(options: PortalOptions): Promise<PortalApi> {
  const clock = skewedClock(options.clock, options.clockSkewMs ?? 0);
  const { sessions } = options;
  const faults = createFaults(false);
  const limit = options.callsPerMinute === undefined ? 120 : options.callsPerMinute;
  const rate = createRateWindow(clock, limit ?? Infinity, MINUTE_MS);

  const handle = (request: ApiRequest): Answer => {
    if (rate.spend(request.ip).exceeded) return sevenErrors.rateLimited();
    if (request.method !== 'GET' || request.path !== SESSIONS_PATH) return sevenErrors.noRoute();
    if (!options.cookies.includes(request.cookies.get('psession') ?? '')) return sevenErrors.unauthorized();
    options.onFirstPage?.();
    const isActive = (one: PortalSession) => one.endedAtMs === null && one.expiresAtMs > clock.now();
    const active = sessions.filter(isActive).map(activeRow);
    const history = sessions.filter((one) => !isActive(one)).map(pastRow);
    return { status: 200, body: { sessions: active, history } };
  };

  const server = await startServer({ clock, faults, handle, dialect: sevenErrors });
  return { ...server, kind: '7331-portal', sessions, faults, lies: {} };
}

export const SESSIONS_PATH = '/v1/users/me/sessions';

/** Neither interface documents its error bodies: only the status may be relied on. */
export const sevenErrors = {
  unauthorized: (): Answer => ({ status: 401, body: { detail: 'Not authenticated' } }),
  forbidden: (): Answer => ({ status: 403, body: { detail: 'Forbidden' } }),
  rateLimited: (): Answer => ({ status: 429, body: { detail: 'Rate limit exceeded' } }),
  serverError: (): Answer => ({ status: 500, body: { detail: 'Internal Server Error' } }),
  noRoute: (): Answer => ({ status: 404, body: { detail: 'Not Found' } }),
};

function activeRow(session: PortalSession) {
  return {
    ...pastRow(session),
    expires_at: isoSecondsOf(session.expiresAtMs),
    is_current: session.isCurrent,
  };
}

function pastRow({ suffix, createdAtMs, ip, userAgent, geo }: PortalSession) {
  const created_at = isoSecondsOf(createdAtMs);
  return { token_suffix: suffix, created_at, client_ip: ip, user_agent: userAgent, geo };
}
