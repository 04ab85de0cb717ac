import type { DemoClock } from '../clock.ts';
import type { RocketchatErrors } from './rocketchat-errors.ts';
import type {
  RocketchatLies,
  RocketchatPermission,
  RocketchatSession,
  RocketchatUser,
} from './rocketchat-model.ts';
import { documentOf, liveLogins, rowOf, searchText, sorted, sortOf } from './rocketchat-rows.ts';
import { textField, type ApiRequest } from './request.ts';
import type { Answer } from './server.ts';

/** One route: what it accepts, what it asks for, and what it does once every check has passed. */
export type RocketchatCall = {
  readonly method: 'GET' | 'POST';
  readonly parameters: readonly string[];
  readonly permission: RocketchatPermission | null;
  readonly act: (request: ApiRequest, user: RocketchatUser) => Answer;
};

export type RocketchatState = {
  readonly clock: DemoClock;
  readonly sessions: RocketchatSession[];
  readonly users: RocketchatUser[];
  readonly lies: RocketchatLies;
  readonly errors: RocketchatErrors;
  /** Plays the login that makes a listing move while it is read. */
  readonly connections: { somebodySignsIn(): void };
};

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 100;

/** The routes by path. */
export function rocketchatCalls(state: RocketchatState): Readonly<Record<string, RocketchatCall>> {
  const listing = ['offset', 'count', 'filter', 'sort'];
  const one = ['sessionId'];
  const get = { method: 'GET', permission: null } as const;
  const post = { method: 'POST', permission: null } as const;
  const view = { permission: 'view-device-management' } as const;
  const end = { permission: 'logout-device-management' } as const;
  const path = '/api/v1/sessions';
  return {
    '/api/v1/me': { ...get, parameters: [], act: (_request, user) => me(user) },
    [`${path}/list`]: { ...get, parameters: listing, act: (request, user) => list(state, request, user) },
    [`${path}/list.all`]: {
      ...get,
      ...view,
      parameters: listing,
      act: (request) => list(state, request, null),
    },
    [`${path}/info`]: { ...get, parameters: one, act: (request, user) => info(state, request, user) },
    [`${path}/info.admin`]: {
      ...get,
      ...view,
      parameters: one,
      act: (request) => infoForAdmin(state, request),
    },
    [`${path}/logout.me`]: {
      ...post,
      parameters: one,
      act: (request, user) => logout(state, request, user, user),
    },
    [`${path}/logout`]: {
      ...post,
      ...end,
      parameters: one,
      act: (request, user) => logout(state, request, user, null),
    },
  };
}

/** Sessions of one user, or of all when `owner` is null. */
function loginsOf(state: RocketchatState, owner: RocketchatUser | null): RocketchatSession[] {
  return liveLogins(state.sessions).filter((session) => owner === null || session.userId === owner.id);
}

function list(state: RocketchatState, request: ApiRequest, owner: RocketchatUser | null): Answer {
  const { lies, users } = state;
  const given = request.query.get('sort');
  const sort = sortOf(given);
  if (sort === 'unreadable') return state.errors.invalidSort(given ?? '');
  if (sort === 'forbidden') return state.errors.invalidSortKeys();
  const offset = wholeNumber(request.query.get('offset'), 0);
  const count = Math.min(wholeNumber(request.query.get('count'), 0) || PAGE_SIZE, MAX_PAGE_SIZE);
  const needle = (request.query.get('filter') ?? '').toLowerCase();
  const matching = loginsOf(state, owner).filter((session) => searchText(session).includes(needle));
  const ordered = lies.pageLocalSort ? matching : sorted(matching, users, sort);
  const page = sorted(ordered.slice(offset, offset + count), users, sort);
  const shown = request.pagingFault === 'partial' ? page.slice(0, Math.ceil(page.length / 2)) : page;
  const total = matching.length;
  if (request.pagingFault === 'moved') state.connections.somebodySignsIn();
  const rows = shown.map((session) => rowOf(session, owner === null ? users : null));
  const body = {
    sessions: rows,
    total,
    count: lies.countEchoes ? count : rows.length,
    offset,
    success: true,
  };
  return { status: 200, body };
}

function logout(
  state: RocketchatState,
  request: ApiRequest,
  by: RocketchatUser,
  owner: RocketchatUser | null,
): Answer {
  const sessionId = textField(request.body, 'sessionId');
  if (sessionId === undefined) {
    return state.errors.invalidParameters("must have required property 'sessionId'");
  }
  const target = loginsOf(state, owner).find((session) => session.sessionId === sessionId);
  if (target === undefined) return state.errors.sessionNotFound();
  for (const session of state.sessions.filter((other) => other.loginToken === target.loginToken)) {
    session.logoutAtMs = state.clock.now();
    session.logoutBy = by.id;
  }
  return { status: 200, body: { sessionId, success: true } };
}

function info(state: RocketchatState, request: ApiRequest, owner: RocketchatUser): Answer {
  const asked = request.query.get('sessionId');
  const found = loginsOf(state, owner).find((session) => session.sessionId === asked);
  if (found === undefined) return state.errors.sessionNotFound();
  return { status: 200, body: { ...documentOf(found), success: true } };
}

function infoForAdmin(state: RocketchatState, request: ApiRequest): Answer {
  const asked = request.query.get('sessionId') ?? '';
  const pattern = state.lies.patternLookup ? new RegExp(asked) : null;
  const found = loginsOf(state, null).find(
    ({ sessionId }) => pattern?.test(sessionId) ?? sessionId === asked,
  );
  if (found === undefined) return state.errors.sessionNotFound();
  return { status: 200, body: { ...rowOf(found, state.users), success: true } };
}

function me({ id, name, username, email, permissions }: RocketchatUser): Answer {
  const emails = [{ address: email, verified: true }];
  const roles = permissions.length > 0 ? ['user', 'admin'] : ['user'];
  return { status: 200, body: { _id: id, name, username, emails, roles, active: true, success: true } };
}

function wholeNumber(given: string | null, otherwise: number): number {
  const number = Number(given ?? otherwise);
  return Number.isSafeInteger(number) && number >= 0 ? number : otherwise;
}
