import { isoOf, type DemoClock } from '../clock.ts';
import type { BetterAuthLies, BetterAuthSession, BetterAuthUser } from './better-auth-model.ts';
import { fieldOf, type ApiRequest } from './request.ts';
import type { Answer } from './server.ts';

/** Who asks. */
export type BetterAuthCaller = { readonly session: BetterAuthSession; readonly user: BetterAuthUser };

export type BetterAuthCall = {
  readonly method: 'GET' | 'POST';
  /** `session` answers 401 with words, `admin` 401 without any; `none` answers strangers too. */
  readonly needs: 'none' | 'session' | 'fresh-session' | 'admin';
  readonly act: (request: ApiRequest, caller: BetterAuthCaller) => Answer;
};

export type BetterAuthState = {
  readonly clock: DemoClock;
  readonly sessions: BetterAuthSession[];
  readonly users: BetterAuthUser[];
  readonly lies: BetterAuthLies;
};

/** better-auth's own default when `limit` is left out. */
const DEFAULT_USERS = 100;

/** The routes below the base path, but for `get-session`, which answers strangers too. */
export function betterAuthCalls(state: BetterAuthState): Readonly<Record<string, BetterAuthCall>> {
  const session = { method: 'POST', needs: 'session' } as const;
  const admin = { method: 'POST', needs: 'admin' } as const;
  return {
    '/list-sessions': { method: 'GET', needs: 'fresh-session', act: (_request, by) => listOwn(state, by) },
    '/revoke-session': { ...session, act: (request, by) => revokeOwn(state, request, by) },
    '/revoke-other-sessions': {
      ...session,
      act: (_request, by) => end(state, ofUser(by.user.id, by.session.id), { status: true }),
    },
    '/revoke-sessions': {
      ...session,
      act: (_request, by) => end(state, ofUser(by.user.id), { status: true }),
    },
    '/admin/list-users': { ...admin, method: 'GET', act: (request, by) => listUsers(state, request, by) },
    '/admin/list-user-sessions': { ...admin, act: (request, by) => listOfUser(state, request, by) },
    '/admin/revoke-user-session': { ...admin, act: (request, by) => revokeOfUser(state, request, by) },
    '/admin/revoke-user-sessions': { ...admin, act: (request, by) => revokeUser(state, request, by) },
  };
}

/** A session as every listing writes it, token included. */
export function sessionBody(session: BetterAuthSession): Record<string, unknown> {
  const { id, token, userId, ipAddress, userAgent, impersonatedBy } = session;
  const times = {
    createdAt: isoOf(session.createdAtMs),
    updatedAt: isoOf(session.updatedAtMs),
    expiresAt: isoOf(session.expiresAtMs),
  };
  return { ...times, token, ipAddress, userAgent, userId, impersonatedBy, id };
}

export function userBody(user: BetterAuthUser): Record<string, unknown> {
  const { id, name, email, emailVerified, role, banned } = user;
  const times = { createdAt: isoOf(user.createdAtMs), updatedAt: isoOf(user.createdAtMs) };
  return {
    name,
    email,
    emailVerified,
    image: null,
    ...times,
    role,
    banned,
    banReason: null,
    banExpires: null,
    id,
  };
}

/** A refusal in better-auth's shape. */
export function refusal(status: number, message: string, code: string): Answer {
  return { status, body: { message, code } };
}

function listOwn({ sessions, clock }: BetterAuthState, by: BetterAuthCaller): Answer {
  const own = sessions.filter((one) => one.userId === by.user.id && one.expiresAtMs > clock.now());
  return { status: 200, body: own.map(sessionBody) };
}

function revokeOwn(state: BetterAuthState, request: ApiRequest, by: BetterAuthCaller): Answer {
  const token = fieldOf(request.body, 'token');
  if (typeof token !== 'string') return invalid('token', 'string');
  const matches = (one: BetterAuthSession) => one.userId === by.user.id && one.token === token;
  return state.sessions.some(matches) || state.lies.silentNoOps
    ? end(state, matches, { status: true })
    : refusal(400, 'Session not found', 'SESSION_NOT_FOUND');
}

function listUsers({ users }: BetterAuthState, request: ApiRequest, by: BetterAuthCaller): Answer {
  if (by.user.role !== 'admin') {
    return refusal(403, 'You are not allowed to list users', 'YOU_ARE_NOT_ALLOWED_TO_LIST_USERS');
  }
  const limit = Number(request.query.get('limit')) || undefined;
  const offset = Number(request.query.get('offset')) || undefined;
  const ordered = sortedUsers(users, request.query);
  const page = ordered.slice(offset ?? 0, (offset ?? 0) + (limit ?? DEFAULT_USERS));
  const shown = request.pagingFault === 'partial' ? page.slice(0, Math.ceil(page.length / 2)) : page;
  const total = users.length;
  if (request.pagingFault === 'moved') somebodySignsUp(users);
  // An offset of 0 is left out of the answer: JSON drops the undefined it becomes.
  return { status: 200, body: { users: shown.map(userBody), total, limit, offset } };
}

function listOfUser(state: BetterAuthState, request: ApiRequest, by: BetterAuthCaller): Answer {
  const userId = fieldOf(request.body, 'userId');
  if (userId === undefined) return invalid('userId', 'nonoptional');
  if (by.user.role !== 'admin') {
    const code = 'YOU_ARE_NOT_ALLOWED_TO_LIST_USERS_SESSIONS';
    return refusal(403, 'You are not allowed to list users sessions', code);
  }
  const listed = state.sessions.filter(
    (one) => one.userId === userId && (state.lies.listsExpired || one.expiresAtMs > state.clock.now()),
  );
  return { status: 200, body: { sessions: listed.map(sessionBody) } };
}

function revokeOfUser(state: BetterAuthState, request: ApiRequest, by: BetterAuthCaller): Answer {
  const token = fieldOf(request.body, 'sessionToken');
  if (typeof token !== 'string') return invalid('sessionToken', 'string');
  if (by.user.role !== 'admin') return mayNotRevoke();
  const matches = (one: BetterAuthSession) => one.token === token;
  return state.sessions.some(matches) || state.lies.silentNoOps
    ? end(state, matches, { success: true })
    : refusal(404, 'Session not found', 'SESSION_NOT_FOUND');
}

function revokeUser(state: BetterAuthState, request: ApiRequest, by: BetterAuthCaller): Answer {
  const userId = fieldOf(request.body, 'userId');
  if (userId === undefined) return invalid('userId', 'nonoptional');
  if (by.user.role !== 'admin') return mayNotRevoke();
  return end(state, (one) => one.userId === userId, { success: true });
}

function ofUser(userId: string, exceptId?: string) {
  return (one: BetterAuthSession) => one.userId === userId && one.id !== exceptId;
}

function end(state: BetterAuthState, matches: (one: BetterAuthSession) => boolean, body: unknown): Answer {
  const kept = state.sessions.filter((one) => !matches(one));
  state.sessions.splice(0, state.sessions.length, ...kept);
  return { status: 200, body };
}

function invalid(field: string, expected: string): Answer {
  const message = `[body.${field}] Invalid input: expected ${expected}, received undefined`;
  return refusal(400, message, 'VALIDATION_ERROR');
}

function mayNotRevoke(): Answer {
  const code = 'YOU_ARE_NOT_ALLOWED_TO_REVOKE_USERS_SESSIONS';
  return refusal(403, 'You are not allowed to revoke users sessions', code);
}

function sortedUsers(users: readonly BetterAuthUser[], query: URLSearchParams): BetterAuthUser[] {
  const sortBy = query.get('sortBy');
  if (sortBy === null) return [...users];
  const valueOf = (user: BetterAuthUser) => String(userBody(user)[sortBy]);
  const direction = query.get('sortDirection') === 'desc' ? -1 : 1;
  return [...users].sort((a, b) => valueOf(a).localeCompare(valueOf(b)) * direction);
}

function somebodySignsUp(users: BetterAuthUser[]): void {
  const [like] = users;
  const id = `0-signed-up-${users.length}`;
  if (like !== undefined)
    users.unshift({ ...like, id, name: 'New Hire', email: `${id}@example.com`, role: 'user' });
}
