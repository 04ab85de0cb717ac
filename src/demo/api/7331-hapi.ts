import { isoSecondsOf, MINUTE_MS, skewedClock, type DemoClock } from '../clock.ts';
import type { ApiHandle } from './api-handle.ts';
import { createFaults } from './faults.ts';
import { createRateWindow } from './rate-window.ts';
import type { ApiRequest } from './request.ts';
import { startServer, type Answer } from './server.ts';
import { SESSIONS_PATH, sevenErrors } from './7331-portal.ts';

/** One live sign-in of the account; its user agent stands only in the login history, if there. */
export type HapiSession = {
  /** Last 6 characters of the token; not unique by contract. */
  suffix: string;
  createdAtMs: number;
  expiresAtMs: number;
  ip: string;
  geo: HapiGeo;
  isCurrent: boolean;
};
export type HapiGeo = { country: string; city: string; region: string };
/** One entry of the login history; addresses of live sessions may be missing in it. */
export type HapiLogin = { ip: string; atMs: number; userAgent: string; geo: HapiGeo };

export type HapiOptions = {
  readonly clock: DemoClock;
  readonly sessions: HapiSession[];
  readonly logins: HapiLogin[];
  /** The `hsession` values that are let in. */
  readonly cookies: readonly string[];
  /** Calls per minute and address, default 120; null: no limiter. */
  readonly callsPerMinute?: number | null;
  readonly clockSkewMs?: number;
};

export type HapiApi = ApiHandle<HapiSession, Record<string, never>> & {
  readonly kind: '7331-hapi';
  readonly logins: HapiLogin[];
};

/** Plays the older 7331 interface: `GET /v1/users/me/sessions`, read-only, own account. */
export async function createHapiApi(options: HapiOptions): Promise<HapiApi> {
  const clock = skewedClock(options.clock, options.clockSkewMs ?? 0);
  const { sessions, logins } = options;
  const faults = createFaults(false);
  const limit = options.callsPerMinute === undefined ? 120 : options.callsPerMinute;
  const rate = createRateWindow(clock, limit ?? Infinity, MINUTE_MS);

  const handle = (request: ApiRequest): Answer => {
    if (rate.spend(request.ip).exceeded) return sevenErrors.rateLimited();
    if (request.method !== 'GET' || request.path !== SESSIONS_PATH) return sevenErrors.noRoute();
    if (!options.cookies.includes(request.cookies.get('hsession') ?? '')) return sevenErrors.unauthorized();
    const live = sessions.filter((one) => one.expiresAtMs > clock.now());
    const geoMap = Object.fromEntries([...logins, ...live].map(({ ip, geo }) => [ip, geo]));
    const body = { sessions: live.map(rowOf), geo_map: geoMap, login_history: historyOf(logins) };
    return { status: 200, body };
  };

  const server = await startServer({ clock, faults, handle, dialect: sevenErrors });
  return { ...server, kind: '7331-hapi', sessions, logins, faults, lies: {} };
}

function rowOf(session: HapiSession) {
  return {
    token_suffix: session.suffix,
    created_at: isoSecondsOf(session.createdAtMs),
    expires_at: isoSecondsOf(session.expiresAtMs),
    client_ip: session.ip,
    geo: session.geo,
    is_current: session.isCurrent,
  };
}

/** By address, newest first. */
function historyOf(logins: readonly HapiLogin[]): Record<string, { ts: string; ua: string }[]> {
  const history: Record<string, { ts: string; ua: string }[]> = {};
  for (const login of [...logins].sort((a, b) => b.atMs - a.atMs)) {
    (history[login.ip] ??= []).push({ ts: isoSecondsOf(login.atMs), ua: login.userAgent });
  }
  return history;
}
