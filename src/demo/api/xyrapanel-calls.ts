import { createHash } from 'node:crypto';
import { DAY_MS, type DemoClock } from '../clock.ts';
import { createRandom } from '../random.ts';
import { headerOf, type ApiRequest } from './request.ts';
import type { Answer } from './server.ts';
import { xyrapanelErrors } from './xyrapanel-errors.ts';
import type { XyrapanelCaller } from './xyrapanel-identity.ts';
import type { XyrapanelLies, XyrapanelSession } from './xyrapanel-model.ts';
import { xyrapanelRow } from './xyrapanel-rows.ts';

export type XyrapanelState = {
  readonly clock: DemoClock;
  readonly sessions: XyrapanelSession[];
  readonly lies: XyrapanelLies;
  /** When the account was read with a cookie. */
  readonly auditMs: number[];
  readonly cacheCookie: (token: string) => string;
  readonly onFirstPage?: () => void;
  readonly onListed?: () => void;
};

export const SESSIONS_PATH = '/api/account/sessions';

/** Answers a caller who was let in. */
export function xyrapanelCalls(state: XyrapanelState): (request: ApiRequest, who: XyrapanelCaller) => Answer {
  const pages = createPages(state);
  return (request, who) => {
    const { method, path } = request;
    const isList = path === SESSIONS_PATH;
    if (method === 'GET' && isList) return list(state, pages, request, who);
    if (method === 'GET' && path === `${SESSIONS_PATH}/count`) return count(state);
    if (method === 'DELETE' && isList) return revokeAll(state, request, who.token);
    if (method === 'DELETE' && path.startsWith(`${SESSIONS_PATH}/`))
      return revokeOne(state, request, who.token);
    return xyrapanelErrors.notFound(request);
  };
}

function list(state: XyrapanelState, pages: Pages, request: ApiRequest, who: XyrapanelCaller): Answer {
  const page = Number(request.query.get('page') ?? 1);
  const perPage = Number(request.query.get('limit') ?? 50);
  const problem = pageProblem(request, page, perPage);
  if (problem !== null) return problem;
  if (page === 1) state.onFirstPage?.();
  if (who.token !== null) rewriteOwnRow(state, request, who.token);
  const body = pages(page, perPage, who.token, request.pagingFault);
  if (page >= body.pagination.totalPages) state.onListed?.();
  if (who.kind !== 'cookie' || who.fromCache) return { status: 200, body };
  return { status: 200, headers: { 'set-cookie': state.cacheCookie(who.token) }, body };
}

function count({ sessions }: XyrapanelState): Answer {
  return { status: 200, body: { count: sessions.length } };
}

function revokeOne(
  { sessions, lies }: XyrapanelState,
  request: ApiRequest,
  currentToken: string | null,
): Answer {
  const token = decodeURIComponent(request.path.slice(SESSIONS_PATH.length + 1));
  const at = sessions.findIndex((session) => session.token === token);
  if (at < 0 && !lies.unknownTokenSucceeds) return xyrapanelErrors.notFound(request);
  if (at >= 0) sessions.splice(at, 1);
  const currentSessionRevoked = !lies.wrongCurrentFlag && token === currentToken;
  return { status: 200, body: { data: { revoked: true, currentSessionRevoked } } };
}

function revokeAll(
  { sessions, lies }: XyrapanelState,
  request: ApiRequest,
  currentToken: string | null,
): Answer {
  const includeCurrent = request.query.get('includeCurrent') === 'true';
  if (!lies.deleteAllDeletesNothing) {
    const kept = sessions.filter((session) => !includeCurrent && session.token === currentToken);
    sessions.splice(0, sessions.length, ...kept);
  }
  return { status: 200, body: { data: { revoked: 1, currentSessionRevoked: includeCurrent } } };
}

/** Polling changes what it watches: a cookie GET writes itself into the row it comes from. */
function rewriteOwnRow(
  { clock, sessions, lies, auditMs }: XyrapanelState,
  request: ApiRequest,
  token: string,
): void {
  auditMs.push(clock.now());
  const own = sessions.find((session) => session.token === token);
  if (own === undefined || !lies.ownRowRewritten) return;
  own.ipAddress = request.ip;
  own.userAgent = headerOf(request, 'user-agent') ?? null;
  const fingerprint = createHash('sha1')
    .update(own.userAgent ?? '')
    .digest('hex');
  own.seen = { firstMs: own.seen?.firstMs ?? clock.now(), lastMs: clock.now(), fingerprint };
}

type Pages = ReturnType<typeof createPages>;

/** Pages in an order that is another one each time, as a sort by a column of NULLs gives. */
function createPages({ sessions, lies }: XyrapanelState) {
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
