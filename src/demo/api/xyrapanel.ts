import { createHash } from 'node:crypto';
import { DAY_MS, MINUTE_MS, skewedClock, type DemoClock } from '../clock.ts';
import { createRandom } from '../random.ts';
import type { ApiHandle } from './api-handle.ts';
import { createFaults } from './faults.ts';
import { createRateWindow, type Spent } from './rate-window.ts';
import { headerOf, type ApiRequest } from './request.ts';
import { startServer, type Answer } from './server.ts';
import { xyrapanelErrors } from './xyrapanel-errors.ts';
import { xyrapanelCookie, xyrapanelIdentities, type XyrapanelIdentity } from './xyrapanel-identity.ts';
import type { XyrapanelApiKey, XyrapanelLies, XyrapanelSession } from './xyrapanel-model.ts';
import { xyrapanelRow } from './xyrapanel-rows.ts';

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

const PATH = '/api/account/sessions';

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
  const listing = createListing(sessions, lies);
  const auditMs: number[] = [];

  const rewriteOwnRow = (request: ApiRequest, token: string) => {
    auditMs.push(clock.now());
    const own = sessions.find((session) => session.token === token);
    if (own === undefined || !lies.ownRowRewritten) return;
    own.ipAddress = request.ip;
    own.userAgent = headerOf(request, 'user-agent') ?? null;
    const fingerprint = createHash('sha1')
      .update(own.userAgent ?? '')
      .digest('hex');
    own.seen = { firstMs: own.seen?.firstMs ?? clock.now(), lastMs: clock.now(), fingerprint };
  };

  const list = (request: ApiRequest, who: XyrapanelIdentity & { token: string | null }): Answer => {
    const page = Number(request.query.get('page') ?? 1);
    const perPage = Number(request.query.get('limit') ?? 50);
    const problem = pageProblem(request, page, perPage);
    if (problem !== null) return problem;
    if (page === 1) options.onFirstPage?.();
    if (who.token !== null) rewriteOwnRow(request, who.token);
    const body = listing(page, perPage, who.token, request.pagingFault);
    if (page >= body.pagination.totalPages) options.onListed?.();
    if (who.kind !== 'cookie' || who.fromCache) return { status: 200, body };
    return { status: 200, headers: { 'set-cookie': identities.cacheCookie(who.token) }, body };
  };

  const revokeOne = (request: ApiRequest, currentToken: string | null): Answer => {
    const token = decodeURIComponent(request.path.slice(PATH.length + 1));
    const at = sessions.findIndex((session) => session.token === token);
    if (at < 0 && !lies.unknownTokenSucceeds) return xyrapanelErrors.notFound(request);
    if (at >= 0) sessions.splice(at, 1);
    const currentSessionRevoked = !lies.wrongCurrentFlag && token === currentToken;
    return { status: 200, body: { data: { revoked: true, currentSessionRevoked } } };
  };

  const revokeAll = (request: ApiRequest, currentToken: string | null): Answer => {
    const includeCurrent = request.query.get('includeCurrent') === 'true';
    if (!lies.deleteAllDeletesNothing) {
      const kept = sessions.filter((session) => !includeCurrent && session.token === currentToken);
      sessions.splice(0, sessions.length, ...kept);
    }
    return { status: 200, body: { data: { revoked: 1, currentSessionRevoked: includeCurrent } } };
  };

  const act = (request: ApiRequest, who: Exclude<XyrapanelIdentity, { kind: 'refused' }>): Answer => {
    const { method, path } = request;
    if (method === 'GET' && path === PATH) return list(request, who);
    if (method === 'GET' && path === `${PATH}/count`)
      return { status: 200, body: { count: sessions.length } };
    if (method === 'DELETE' && path === PATH) return revokeAll(request, who.token);
    if (method === 'DELETE' && path.startsWith(`${PATH}/`)) return revokeOne(request, who.token);
    return xyrapanelErrors.notFound(request);
  };

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
  const maskPath = (path: string, mask: string) =>
    path.startsWith(`${PATH}/`) && !path.startsWith(`${PATH}/count`) ? `${PATH}/${mask}` : path;
  const server = await startServer({ clock, faults, handle, dialect, maskPath });
  const cookieOf = (token: string) => xyrapanelCookie(token, signingSecret);
  return { ...server, kind: 'xyrapanel', sessions, lies, faults, auditMs, cookieOf };
}

/** Pages in an order that is another one each time, as a sort by a column of NULLs gives. */
function createListing(sessions: XyrapanelSession[], lies: XyrapanelLies) {
  let answers = 0;
  return (page: number, perPage: number, currentToken: string | null, fault: ApiRequest['pagingFault']) => {
    answers += 1;
    const ordered = lies.unstableOrder ? createRandom(`order ${answers}`).shuffled(sessions) : sessions;
    const rows = ordered.slice((page - 1) * perPage, page * perPage);
    const shown = fault === 'partial' ? rows.slice(0, Math.ceil(rows.length / 2)) : rows;
    const total = sessions.length;
    const [like] = sessions;
    if (fault === 'moved' && like !== undefined) {
      const token = createRandom(`login ${answers}`).id(32);
      sessions.unshift({ ...like, token, expiresAtMs: like.createdAtMs + 14 * DAY_MS, seen: null });
    }
    return {
      data: shown.map((session) => xyrapanelRow(session, currentToken, lies)),
      currentToken,
      pagination: { page, perPage, total, totalPages: Math.ceil(total / perPage) },
    };
  };
}

function pageProblem(request: ApiRequest, page: number, perPage: number): Answer | null {
  const { invalid } = xyrapanelErrors;
  if (!(perPage <= 100)) return invalid(request, 'limit', 'Too big: expected number to be <=100');
  if (!(perPage >= 1)) return invalid(request, 'limit', 'Too small: expected number to be >=1');
  return page >= 1 ? null : invalid(request, 'page', 'Too small: expected number to be >=1');
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
