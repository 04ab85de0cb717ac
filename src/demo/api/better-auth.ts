import { createHash } from 'node:crypto';
import { DAY_MS, SECOND_MS, skewedClock, type DemoClock } from '../clock.ts';
import type { ApiHandle } from './api-handle.ts';
import {
  betterAuthCalls,
  refusal,
  sessionBody,
  userBody,
  type BetterAuthCall,
  type BetterAuthCaller,
} from './better-auth-calls.ts';
import type { BetterAuthLies, BetterAuthSession, BetterAuthUser } from './better-auth-model.ts';
import { createFaults } from './faults.ts';
import { createRateWindow } from './rate-window.ts';
import { headerOf, type ApiRequest } from './request.ts';
import { startServer, text, type Answer } from './server.ts';
import { signedCookie, tokenOfCookie } from './signed-cookie.ts';

export type BetterAuthOptions = {
  readonly clock: DemoClock;
  /** Any unexpired token in here is a credential; an administrator's opens the admin routes. */
  readonly sessions: BetterAuthSession[];
  readonly users: BetterAuthUser[];
  /** What cookies are signed with, default a fixed text. */
  readonly signingSecret?: string;
  /** Origins a cookie POST may come from beside the API's own. */
  readonly trustedOrigins?: readonly string[];
  /** Age from which `list-sessions` answers SESSION_NOT_FRESH, default 1 day; 0 switches it off. */
  readonly freshAgeMs?: number;
  /** How long a refreshed session lives, default 7 days. */
  readonly expiresInMs?: number;
  /** Whether a refresh by cookie also changes the token, default false. */
  readonly rotatesToken?: boolean;
  /** Calls per window, address and path, default 100 per 10 s; null: no limiter. */
  readonly rate?: { readonly max: number; readonly windowMs: number } | null;
  readonly clockSkewMs?: number;
  /** Called when a listing starts at its first page of users: the company may have lived on. */
  readonly onFirstPage?: () => void;
  /** Called after the sessions of a user were listed. */
  readonly onListed?: (userId: string) => void;
};

export type BetterAuthApi = ApiHandle<BetterAuthSession, BetterAuthLies> & {
  readonly kind: 'better-auth';
  readonly users: BetterAuthUser[];
  /** The Cookie header of a session: `name=token.signature`. */
  cookieOf(token: string): string;
};

const BASE_PATH = '/api/auth';
const COOKIE = 'better-auth.session_token';
const UPDATE_AGE_MS = DAY_MS;

type Found = BetterAuthCaller & { readonly by: 'bearer' | 'cookie' };

/** Plays better-auth 1.7 with the `admin()` and `bearer()` plugins below `/api/auth`; `url` includes that path. */
export async function createBetterAuthApi(options: BetterAuthOptions): Promise<BetterAuthApi> {
  const clock = skewedClock(options.clock, options.clockSkewMs ?? 0);
  const { sessions, users } = options;
  const secret = options.signingSecret ?? 'the simulated company signs with this';
  const expiresInMs = options.expiresInMs ?? 7 * DAY_MS;
  const freshAgeMs = options.freshAgeMs ?? DAY_MS;
  const lies: BetterAuthLies = { silentNoOps: true, listsExpired: true };
  const faults = createFaults(true);
  const calls = betterAuthCalls({ clock, sessions, users, lies });
  const limit = options.rate === undefined ? { max: 100, windowMs: 10 * SECOND_MS } : options.rate;
  const rate = createRateWindow(clock, limit?.max ?? Infinity, limit?.windowMs ?? 1);
  const origins = new Set(options.trustedOrigins);

  const callerOf = (request: ApiRequest): Found | null => {
    const presented = presentedToken(request, secret);
    const session = sessions.find((one) => one.token === presented?.token && one.expiresAtMs > clock.now());
    const user = users.find((one) => one.id === session?.userId);
    if (presented === null || session === undefined || user === undefined) return null;
    return { session, user, by: presented.by };
  };

  /** Once a day a session in use lives on; the cookie is then set anew. */
  const refreshed = (answer: Answer, found: Found): Answer => {
    const { session } = found;
    if (clock.now() < session.expiresAtMs - expiresInMs + UPDATE_AGE_MS) return answer;
    session.updatedAtMs = clock.now();
    session.expiresAtMs = clock.now() + expiresInMs;
    if (options.rotatesToken === true && found.by === 'cookie') session.token = successorOf(session.token);
    const cookie = `${COOKIE}=${signedCookie(session.token, secret)}; Max-Age=${expiresInMs / SECOND_MS}`;
    return withCookie(answer, `${cookie}; Path=/; HttpOnly; SameSite=Lax`);
  };

  const judged = (request: ApiRequest, call: BetterAuthCall, found: Found | null): Answer => {
    if (found === null) return call.needs === 'admin' ? silent(401) : unauthorized();
    if (call.needs === 'fresh-session' && freshAgeMs !== 0) {
      const age = clock.now() - found.session.createdAtMs;
      if (age >= freshAgeMs) return refusal(403, 'Session is not fresh', 'SESSION_NOT_FRESH');
    }
    return refreshed(call.act(request, found), found);
  };

  const getSession = (found: Found | null): Answer => {
    if (found === null)
      return withCookie({ status: 200, body: null }, `${COOKIE}=; Max-Age=0; Path=/; HttpOnly`);
    const answer = refreshed({ status: 200, body: null }, found);
    return { ...answer, body: { session: sessionBody(found.session), user: userBody(found.user) } };
  };

  const handle = (request: ApiRequest): Answer => {
    const path = request.path.startsWith(`${BASE_PATH}/`) ? request.path.slice(BASE_PATH.length) : '';
    const spent = rate.spend(`${request.ip} ${path}`);
    if (spent.exceeded) return tooMany(spent.resetAtMs - clock.now());
    const problem = request.method === 'POST' ? originProblem(request, origins) : null;
    if (problem !== null) return problem;
    if (path === '/get-session' && request.method === 'GET') return getSession(callerOf(request));
    const call = calls[path];
    if (call?.method !== request.method) return silent(404);
    if (path === '/admin/list-users' && !Number(request.query.get('offset'))) options.onFirstPage?.();
    const answer = judged(request, call, callerOf(request));
    if (path === '/admin/list-user-sessions') options.onListed?.(userIdOf(request));
    return answer;
  };

  const dialect = {
    unauthorized,
    forbidden: () => refusal(403, 'You are not allowed to list users', 'YOU_ARE_NOT_ALLOWED_TO_LIST_USERS'),
    rateLimited: () => tooMany(10 * SECOND_MS),
    serverError: () => silent(500),
  };
  const server = await startServer({ clock, faults, handle, dialect });
  origins.add(server.url);
  const cookieOf = (token: string) => `${COOKIE}=${signedCookie(token, secret)}`;
  return {
    ...server,
    url: server.url + BASE_PATH,
    kind: 'better-auth',
    sessions,
    users,
    lies,
    faults,
    cookieOf,
  };
}

/** A bearer token goes before a cookie; raw and signed forms are both taken, as the plugin does. */
function presentedToken(request: ApiRequest, secret: string): { token: string; by: Found['by'] } | null {
  const [, bearer] = /^bearer (.+)$/i.exec(headerOf(request, 'authorization') ?? '') ?? [];
  if (bearer !== undefined) {
    const token = bearer.includes('.') ? tokenOfCookie(bearer, secret) : bearer;
    return token === null ? null : { token, by: 'bearer' };
  }
  const cookie = request.cookies.get(COOKIE) ?? request.cookies.get(`__Secure-${COOKIE}`) ?? '';
  const token = tokenOfCookie(cookie, secret);
  return token === null ? null : { token, by: 'cookie' };
}

/** Any Cookie header makes a POST a browser's: it must name an origin that is trusted. */
function originProblem(request: ApiRequest, origins: ReadonlySet<string>): Answer | null {
  if (request.headers.cookie === undefined) return null;
  const origin = headerOf(request, 'origin') ?? headerOf(request, 'referer') ?? '';
  if (origin === '' || origin === 'null') {
    return refusal(403, 'Missing or null Origin', 'MISSING_OR_NULL_ORIGIN');
  }
  return URL.canParse(origin) && origins.has(new URL(origin).origin)
    ? null
    : refusal(403, 'Invalid origin', 'INVALID_ORIGIN');
}

function unauthorized(): Answer {
  return refusal(401, 'Unauthorized', 'UNAUTHORIZED');
}

/** better-auth's own refusals without words have an empty body. */
function silent(status: number): Answer {
  return text(status, 'application/json', '');
}

/** JSON under the type text/plain, and the wait in a header of its own. */
function tooMany(waitMs: number): Answer {
  const body = JSON.stringify({ message: 'Too many requests. Please try again later.' });
  const headers = { 'content-type': 'text/plain', 'X-Retry-After': String(Math.ceil(waitMs / SECOND_MS)) };
  return { status: 429, headers, body };
}

function withCookie(answer: Answer, cookie: string): Answer {
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
}

function successorOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 32);
}

function userIdOf(request: ApiRequest): string {
  const body: unknown = request.body;
  return typeof body === 'object' && body !== null && 'userId' in body ? String(body.userId) : '';
}
