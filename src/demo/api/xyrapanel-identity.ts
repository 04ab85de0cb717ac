import { MINUTE_MS, type DemoClock } from '../clock.ts';
import { createRateWindow } from './rate-window.ts';
import { headerOf, type ApiRequest } from './request.ts';
import { signedCookie, tokenOfCookie } from './signed-cookie.ts';
import type { XyrapanelApiKey, XyrapanelLies, XyrapanelSession } from './xyrapanel-model.ts';

/** Who asks, or why not. `token` is null for API keys. */
export type XyrapanelIdentity =
  | { readonly kind: 'cookie'; readonly token: string; readonly fromCache: boolean }
  | { readonly kind: 'api-key'; readonly token: null }
  | { readonly kind: 'refused'; readonly why: 'nobody' | 'bad-key' | 'session-token' | 'quota' };

/** Somebody who was let in. */
export type XyrapanelCaller = Exclude<XyrapanelIdentity, { kind: 'refused' }>;

export type XyrapanelCredentials = {
  readonly clock: DemoClock;
  readonly sessions: readonly XyrapanelSession[];
  readonly lies: XyrapanelLies;
  readonly signingSecret: string;
  readonly apiKeys: readonly XyrapanelApiKey[];
};

const SESSION_COOKIE = 'better-auth.session_token';
const CACHE_COOKIE = 'better-auth.session_data';
const CACHE_MS = 5 * MINUTE_MS;
const DAY_OF_VERIFICATIONS_MS = 24 * 60 * MINUTE_MS;
/** 1 GET and 2 DELETE used up a key of 10 verifications. */
const VERIFICATIONS = { GET: 2, DELETE: 4 } as const;

/** Tells who a request comes from, and counts what API keys use. */
export function xyrapanelIdentities(credentials: XyrapanelCredentials) {
  const { apiKeys, clock, sessions, lies, signingSecret } = credentials;
  const keyed = apiKeys.map((apiKey) => ({
    ...apiKey,
    window: createRateWindow(clock, apiKey.verifications ?? 10, DAY_OF_VERIFICATIONS_MS),
  }));

  const byKey = (given: string, method: string): XyrapanelIdentity => {
    if (sessions.some((session) => session.token === given)) return { kind: 'refused', why: 'session-token' };
    const known = keyed.find((apiKey) => apiKey.key === given);
    if (known === undefined) return { kind: 'refused', why: 'bad-key' };
    const spent = known.window.spend(
      known.key,
      method === 'DELETE' ? VERIFICATIONS.DELETE : VERIFICATIONS.GET,
    );
    return spent.exceeded ? { kind: 'refused', why: 'quota' } : { kind: 'api-key', token: null };
  };

  const byCookie = (request: ApiRequest): XyrapanelIdentity => {
    const cached = cachedToken(cookie(request, CACHE_COOKIE), signingSecret, clock.now());
    if (cached !== null && lies.cookieCachePasses) return { kind: 'cookie', token: cached, fromCache: true };
    const token = tokenOfCookie(cookie(request, SESSION_COOKIE), signingSecret);
    const live = sessions.some((session) => session.token === token && session.expiresAtMs > clock.now());
    return token !== null && live
      ? { kind: 'cookie', token, fromCache: false }
      : { kind: 'refused', why: 'nobody' };
  };

  return {
    of(request: ApiRequest): XyrapanelIdentity {
      const [, bearer] = /^bearer (.+)$/i.exec(headerOf(request, 'authorization') ?? '') ?? [];
      const key = bearer ?? headerOf(request, 'x-api-key');
      return key === undefined ? byCookie(request) : byKey(key, request.method);
    },
    /** The cache cookie a cookie GET is answered with: good for 5 minutes. */
    cacheCookie: (token: string): string => {
      const value = signedCookie(`${token}:${clock.now() + CACHE_MS}`, signingSecret);
      return `${CACHE_COOKIE}=${value}; Max-Age=${CACHE_MS / 1000}; Path=/; HttpOnly; SameSite=Lax`;
    },
  };
}

/** The Cookie header of a session: `name=token.signature`. */
export function xyrapanelCookie(token: string, signingSecret: string): string {
  return `${SESSION_COOKIE}=${signedCookie(token, signingSecret)}`;
}

function cookie(request: ApiRequest, name: string): string {
  return request.cookies.get(`__Secure-${name}`) ?? request.cookies.get(name) ?? '';
}

function cachedToken(value: string, secret: string, nowMs: number): string | null {
  const [token, untilMs] = (tokenOfCookie(value, secret) ?? '').split(':');
  return token !== undefined && Number(untilMs) > nowMs ? token : null;
}
