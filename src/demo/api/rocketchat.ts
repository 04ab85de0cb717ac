import { createHash } from 'node:crypto';
import { MINUTE_MS, skewedClock, type DemoClock } from '../clock.ts';
import type { ApiHandle } from './api-handle.ts';
import { createFaults } from './faults.ts';
import { createRateWindow, type Spent } from './rate-window.ts';
import { headerOf, type ApiRequest } from './request.ts';
import { rocketchatCalls, type RocketchatCall } from './rocketchat-calls.ts';
import { rocketchatErrors, type RocketchatRelease } from './rocketchat-errors.ts';
import type {
  RocketchatLies,
  RocketchatSession,
  RocketchatToken,
  RocketchatUser,
} from './rocketchat-model.ts';
import { startServer, type Answer } from './server.ts';

export type RocketchatOptions = {
  readonly clock: DemoClock;
  readonly sessions: RocketchatSession[];
  readonly users: RocketchatUser[];
  readonly tokens: readonly RocketchatToken[];
  /** Default `7`. */
  readonly release?: RocketchatRelease;
  /** Whether the Premium licence is there, default true. */
  readonly licensed?: boolean;
  /** The code that administrators' calls ask for; null (default): no second factor. */
  readonly secondFactorCode?: string | null;
  /** Calls per minute, route and address, default 10; null: the limiter is off, and its headers with it. */
  readonly callsPerMinute?: number | null;
  /** How far the far side's clock is ahead, default 0. */
  readonly clockSkewMs?: number;
  /** Called when a listing starts at its first page: the moment at which the company may have lived on. */
  readonly onFirstPage?: () => void;
};

export type RocketchatApi = ApiHandle<RocketchatSession, RocketchatLies> & {
  readonly kind: 'rocketchat';
  readonly users: RocketchatUser[];
  /** The device drops its connection and resumes: same login token, another session id, another `loginAt`. */
  reconnect(sessionId: string): string;
  /** A new login like that of the first session, newer than all others. */
  somebodySignsIn(): void;
};

/** Plays the device management of Rocket.Chat: `GET /api/v1/me` and `/api/v1/sessions/*`. */
export async function createRocketchatApi(options: RocketchatOptions): Promise<RocketchatApi> {
  const clock = skewedClock(options.clock, options.clockSkewMs ?? 0);
  const { sessions, users } = options;
  const lies: RocketchatLies = { pageLocalSort: true, countEchoes: true, patternLookup: true };
  const errors = rocketchatErrors(options.release ?? '7');
  const faults = createFaults(true);
  const connections = createConnections(sessions, clock);
  const calls = rocketchatCalls({ clock, sessions, users, lies, errors, connections });
  const callsPerMinute = options.callsPerMinute === undefined ? 10 : options.callsPerMinute;
  const rate = createRateWindow(clock, callsPerMinute ?? Infinity, MINUTE_MS);
  const secondFactor = createSecondFactor(options.secondFactorCode ?? null);

  const check = (request: ApiRequest, call: RocketchatCall, user: RocketchatUser, token: RocketchatToken) => {
    const given = request.method === 'GET' ? [...request.query.keys()] : Object.keys(request.body ?? {});
    if (given.some((name) => !call.parameters.includes(name))) {
      return errors.invalidParameters('must NOT have additional properties');
    }
    if (call.permission === null) return null;
    if (!user.permissions.includes(call.permission)) return errors.noPermission();
    const missing = secondFactor(request, token);
    if (missing === 'required') return errors.secondFactorRequired();
    return missing === 'invalid' ? errors.secondFactorInvalid() : null;
  };

  // The order is Rocket.Chat's: licence, login, rate, parameters, permission, second factor, action.
  const handle = (request: ApiRequest): Answer => {
    const call = calls[request.path];
    if (call?.method !== request.method) return errors.noRoute();
    if (options.licensed === false && request.path !== '/api/v1/me') return errors.unlicensed();
    const token = options.tokens.find((one) => isPresented(one, request));
    const user = users.find((one) => one.id === token?.userId);
    if (token === undefined || user === undefined) return errors.notLoggedIn();
    const isUnlimited = callsPerMinute === null || user.permissions.includes('api-bypass-rate-limit');
    const spent = isUnlimited ? null : rate.spend(`${request.path} ${request.ip}`);
    if (spent?.exceeded === true) {
      return withBudget(errors.tooMany((spent.resetAtMs - clock.now()) / 1000), spent, callsPerMinute);
    }
    if (call.parameters.includes('offset') && !Number(request.query.get('offset'))) options.onFirstPage?.();
    return withBudget(check(request, call, user, token) ?? call.act(request, user), spent, callsPerMinute);
  };

  const refused = () => {
    const spent = { used: 11, remaining: 0, resetAtMs: clock.now() + 37_000, exceeded: true };
    return withBudget(errors.tooMany(37), spent, callsPerMinute ?? 10);
  };
  const dialect = {
    unauthorized: errors.notLoggedIn,
    forbidden: errors.noPermission,
    rateLimited: refused,
    serverError: errors.internal,
  };
  const server = await startServer({ clock, faults, handle, dialect });
  return { ...server, kind: 'rocketchat', sessions, users, lies, faults, ...connections };
}

function isPresented(token: RocketchatToken, request: ApiRequest): boolean {
  return token.userId === headerOf(request, 'x-user-id') && token.token === headerOf(request, 'x-auth-token');
}

/** Connections come and go; their ids follow from a counter, so that a run can be repeated. */
function createConnections(sessions: RocketchatSession[], clock: DemoClock) {
  let made = 0;
  const nextId = (what: string) => {
    made += 1;
    return createHash('sha256')
      .update(`${what} ${made}`)
      .digest('base64url')
      .replace(/[-_]/g, 'x')
      .slice(0, 17);
  };
  return {
    reconnect(sessionId: string): string {
      const session = sessions.find((one) => one.sessionId === sessionId);
      if (session === undefined) throw new Error('There is no such connection to renew.');
      session.sessionId = nextId('connection');
      session.loginAtMs = clock.now();
      session.lastActivityAtMs = clock.now();
      return session.sessionId;
    },
    somebodySignsIn(): void {
      const [like] = sessions;
      if (like === undefined) return;
      const loginAtMs = Math.max(clock.now(), ...sessions.map((session) => session.loginAtMs + 1));
      const ids = { sessionId: nextId('connection'), loginToken: nextId('login') };
      sessions.push({
        ...like,
        ...ids,
        loginAtMs,
        lastActivityAtMs: loginAtMs,
        logoutAtMs: null,
        logoutBy: null,
      });
    },
  };
}

/** Asks once per token and remembers it with the fingerprint Rocket.Chat uses: User-Agent and address. */
function createSecondFactor(code: string | null) {
  const remembered = new Set<string>();
  return (request: ApiRequest, token: RocketchatToken): 'required' | 'invalid' | null => {
    if (code === null || token.ignoresSecondFactor) return null;
    const fingerprint = `${token.token} ${headerOf(request, 'user-agent') ?? ''} ${request.ip}`;
    if (remembered.has(fingerprint)) return null;
    const given = headerOf(request, 'x-2fa-code');
    if (given === undefined) return 'required';
    if (given !== code) return 'invalid';
    remembered.add(fingerprint);
    return null;
  };
}

function withBudget(given: Answer, spent: Spent | null, limit: number | null): Answer {
  if (spent === null || limit === null) return given;
  const headers = {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(spent.remaining),
    'X-RateLimit-Reset': String(spent.resetAtMs),
  };
  return { ...given, headers: { ...given.headers, ...headers } };
}
