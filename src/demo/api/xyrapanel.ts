import { MINUTE_MS, skewedClock, type DemoClock } from '../clock.ts';
import type { ApiHandle } from './api-handle.ts';
import { createFaults } from './faults.ts';
import { createRateWindow, type Spent } from './rate-window.ts';
import type { ApiRequest } from './request.ts';
import { startServer, type Answer } from './server.ts';
import { SESSIONS_PATH, xyrapanelCalls } from './xyrapanel-calls.ts';
import { xyrapanelErrors } from './xyrapanel-errors.ts';
import { xyrapanelCookie, xyrapanelIdentities, type XyrapanelIdentity } from './xyrapanel-identity.ts';
import type { XyrapanelApiKey, XyrapanelLies, XyrapanelSession } from './xyrapanel-model.ts';

export type XyrapanelOptions = {
  readonly clock: DemoClock;
  /** The sessions of the one account that every credential here belongs to. */
  readonly sessions: XyrapanelSession[];
  readonly signingSecret?: string;
  readonly apiKeys?: readonly XyrapanelApiKey[];
  /** Calls per 5 minutes and address beside the uncounted first, default 15; null: no limiter. */
  readonly callsPerWindow?: number | null;
  readonly clockSkewMs?: number;
  /** Called when a listing starts at its first page: the account may have lived on. */
  readonly onFirstPage?: () => void;
  /** Called when the last page of a listing was answered. */
  readonly onListed?: () => void;
};

export type XyrapanelApi = ApiHandle<XyrapanelSession, XyrapanelLies> & {
  readonly kind: 'xyrapanel';
  /** When the account was read: each cookie GET leaves a record. */
  readonly auditMs: number[];
  /** The Cookie header of a session: `name=token.signature`. */
  cookieOf(token: string): string;
};

/** Plays XyraPanel's `/api/account/sessions` for one account. */
export async function createXyrapanelApi(options: XyrapanelOptions): Promise<XyrapanelApi> {
  const clock = skewedClock(options.clock, options.clockSkewMs ?? 0);
  const { sessions, apiKeys = [], signingSecret = 'the simulated panel signs with this' } = options;
  const lies: XyrapanelLies = {
    inventedIssuedAt: true,
    unstableOrder: true,
    deleteAllDeletesNothing: true,
    unknownTokenSucceeds: true,
    wrongCurrentFlag: true,
    quotaAnswers401: true,
    ownRowRewritten: true,
    cookieCachePasses: true,
  };
  const faults = createFaults(true);
  const limit = options.callsPerWindow === undefined ? 15 : options.callsPerWindow;
  // The first call of a window is not counted, so one more than the limit passes.
  const rate = createRateWindow(clock, limit === null ? Infinity : limit + 1, 5 * MINUTE_MS);
  const identities = xyrapanelIdentities({ clock, sessions, lies, signingSecret, apiKeys });

  const auditMs: number[] = [];
  const act = xyrapanelCalls({
    ...options,
    clock,
    sessions,
    lies,
    auditMs,
    cacheCookie: identities.cacheCookie,
  });

  const handle = (request: ApiRequest): Answer => {
    const spent = rate.spend(request.ip);
    if (spent.exceeded) return withBudget(xyrapanelErrors.tooMany(request), spent, limit);
    const who = identities.of(request);
    const answer = who.kind === 'refused' ? refused(request, who.why, lies) : act(request, who);
    return withBudget(answer, spent, limit);
  };

  const dialect = {
    unauthorized: xyrapanelErrors.noCredentials,
    forbidden: xyrapanelErrors.badKey,
    rateLimited: (request: ApiRequest) => {
      const spent = { used: 17, remaining: 0, resetAtMs: clock.now() + 5 * MINUTE_MS, exceeded: true };
      return withBudget(xyrapanelErrors.tooMany(request), spent, limit ?? 15);
    },
    serverError: xyrapanelErrors.internal,
  };
  const server = await startServer({ clock, faults, handle, dialect, maskPath });
  const cookieOf = (token: string) => xyrapanelCookie(token, signingSecret);
  return { ...server, kind: 'xyrapanel', sessions, lies, faults, auditMs, cookieOf };
}

/** The panel's only id is a live token, and it stands in the path. */
function maskPath(path: string, mask: string): string {
  const isToken = path.startsWith(`${SESSIONS_PATH}/`) && path.split('?')[0] !== `${SESSIONS_PATH}/count`;
  return isToken ? `${SESSIONS_PATH}/${mask}` : path;
}

function refused(
  request: ApiRequest,
  why: Extract<XyrapanelIdentity, { kind: 'refused' }>['why'],
  lies: XyrapanelLies,
): Answer {
  switch (why) {
    case 'nobody':
      return xyrapanelErrors.noCredentials(request);
    case 'bad-key':
      return xyrapanelErrors.badKey(request);
    case 'session-token':
      return xyrapanelErrors.refusedKey(request);
    case 'quota':
      return lies.quotaAnswers401 ? xyrapanelErrors.refusedKey(request) : xyrapanelErrors.tooMany(request);
    default:
      return why satisfies never;
  }
}

/** Budget headers in epoch milliseconds, missing on the first call of a window. */
function withBudget(answer: Answer, spent: Spent, limit: number | null): Answer {
  if (limit === null || spent.used === 1) return answer;
  const headers = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(spent.remaining),
    'x-ratelimit-reset': String(spent.resetAtMs),
  };
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
