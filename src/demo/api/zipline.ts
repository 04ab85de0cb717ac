import { isoOf, skewedClock, type DemoClock } from '../clock.ts';
import type { ApiHandle } from './api-handle.ts';
import { createFaults } from './faults.ts';
import { fieldOf, headerOf, type ApiRequest } from './request.ts';
import { startServer, type Answer } from './server.ts';
import { ziplineErrors, type ZiplineGeneration } from './zipline-errors.ts';

/** A row of the user's sessions. It never expires and knows no address. */
export type ZiplineSession = {
  id: string;
  userId: string;
  createdAtMs: number;
  ua: string;
  client: string;
  device: string;
};
/** An account and its API token, sent raw as `Authorization`. */
export type ZiplineUser = { readonly id: string; readonly token: string };

export type ZiplineOptions = {
  readonly clock: DemoClock;
  readonly sessions: ZiplineSession[];
  readonly users: readonly ZiplineUser[];
  /** Default `C`, the newest. */
  readonly generation?: ZiplineGeneration;
  readonly clockSkewMs?: number;
};

export type ZiplineLies = {
  /** DELETE with `all` answers `other: []` whatever is left, and without a current session spares nobody. */
  allSparesNobody: boolean;
};

export type ZiplineApi = ApiHandle<ZiplineSession, ZiplineLies> & {
  readonly kind: 'zipline';
  /** The Cookie header of a session: `zipline_session=<sealed>`. */
  cookieOf(sessionId: string): string;
};

const PATH = '/api/user/sessions';
const COOKIE = 'zipline_session';
const SEAL = 'sealed.';

/** Who asks: the user comes from the token where one is sent, the current session only from the cookie. */
type Caller = { readonly userId: string; readonly current: ZiplineSession | null };

/** Plays Zipline's `GET` and `DELETE /api/user/sessions`, generation B or C. */
export async function createZiplineApi(options: ZiplineOptions): Promise<ZiplineApi> {
  const clock = skewedClock(options.clock, options.clockSkewMs ?? 0);
  const { sessions, users, generation = 'C' } = options;
  const lies: ZiplineLies = { allSparesNobody: true };
  const errors = ziplineErrors(generation);
  const faults = createFaults(false);

  const callerOf = (request: ApiRequest): Caller | 'bad-token' | 'stranger' => {
    const token = headerOf(request, 'authorization');
    const cookieSession = sessions.find((one) => one.id === unsealed(request.cookies.get(COOKIE)));
    const userId =
      token === undefined ? cookieSession?.userId : users.find((user) => user.token === token)?.id;
    if (userId === undefined) return token === undefined ? 'stranger' : 'bad-token';
    return { userId, current: cookieSession?.userId === userId ? cookieSession : null };
  };

  const listOf = ({ userId, current }: Caller) => {
    const own = sessions.filter((one) => one.userId === userId);
    const other = own.filter((one) => one.id !== current?.id).map(rowOf);
    const nobody = generation === 'B' ? {} : { current: null };
    return current === null ? { ...nobody, other } : { current: rowOf(current), other };
  };

  const revoke = (request: ApiRequest, caller: Caller): Answer => {
    if (fieldOf(request.body, 'all') === true) return revokeAll(caller);
    const sessionId = fieldOf(request.body, 'sessionId');
    // Without cookie and id both sides are undefined, and Zipline takes that for the current session.
    if (sessionId === caller.current?.id) return errors.ownSession();
    const at = sessions.findIndex((one) => one.id === sessionId && one.userId === caller.userId);
    if (at < 0) return errors.unknownSession();
    sessions.splice(at, 1);
    return { status: 200, body: listOf(caller) };
  };

  const revokeAll = (caller: Caller): Answer => {
    if (caller.current === null && !lies.allSparesNobody) return errors.noLoginSession();
    const kept = sessions.filter((one) => one.userId !== caller.userId || one.id === caller.current?.id);
    sessions.splice(0, sessions.length, ...kept);
    return { status: 200, body: { ...listOf(caller), other: [] } };
  };

  const handle = (request: ApiRequest): Answer => {
    if (request.path !== PATH) return errors.noRoute();
    const caller = callerOf(request);
    if (caller === 'bad-token') return errors.badToken();
    if (caller === 'stranger') return errors.notLoggedIn();
    if (request.method === 'DELETE') return revoke(request, caller);
    if (request.method !== 'GET') return errors.noRoute();
    return generation === 'B' && caller.current === null
      ? errors.noLoginSession()
      : { status: 200, body: listOf(caller) };
  };

  const dialect = {
    unauthorized: errors.notLoggedIn,
    forbidden: errors.forbidden,
    rateLimited: errors.tooMany,
    serverError: errors.internal,
  };
  const server = await startServer({ clock, faults, handle, dialect });
  return { ...server, kind: 'zipline', sessions, lies, faults, cookieOf: ziplineCookie };
}

/** The Cookie header of a session: `zipline_session=<sealed>`. */
export function ziplineCookie(sessionId: string): string {
  return `${COOKIE}=${SEAL}${Buffer.from(sessionId).toString('base64url')}`;
}

function rowOf({ id, createdAtMs, ua, client, device, userId }: ZiplineSession) {
  return { id, createdAt: isoOf(createdAtMs), ua, client, device, userId };
}

function unsealed(value: string | undefined): string | null {
  if (value?.startsWith(SEAL) !== true) return null;
  return Buffer.from(value.slice(SEAL.length), 'base64url').toString('utf8');
}
