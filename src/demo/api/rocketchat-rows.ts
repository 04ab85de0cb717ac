import { createHash } from 'node:crypto';
import { isoOf } from '../clock.ts';
import type { RocketchatSession, RocketchatUser } from './rocketchat-model.ts';

/** Newest document of each live login token, newest first: what the server's aggregation yields. */
export function liveLogins(sessions: readonly RocketchatSession[]): RocketchatSession[] {
  const newestFirst = sessions
    .filter((session) => session.loginToken !== '' && session.logoutAtMs === null)
    .sort((a, b) => b.loginAtMs - a.loginAtMs);
  const seen = new Set<string>();
  return newestFirst.filter((session) => !seen.has(session.loginToken) && seen.add(session.loginToken));
}

export type RocketchatRow = Readonly<Record<string, unknown>>;

/** A row of `list` (no users given) or of `list.all`; a deleted user leaves it without `_user`. */
export function rowOf(session: RocketchatSession, users: readonly RocketchatUser[] | null): RocketchatRow {
  const user = users?.find((one) => one.id === session.userId);
  return {
    _id: session.sessionId,
    sessionId: session.sessionId,
    userId: session.userId,
    ...(session.device === null ? {} : { device: session.device }),
    host: session.host,
    ip: session.ip,
    loginAt: isoOf(session.loginAtMs),
    ...(user === undefined ? {} : { _user: { _id: user.id, name: user.name, username: user.username } }),
  };
}

/** What `sessions/info` answers: the whole document, the hash of the login token with it. */
export function documentOf(session: RocketchatSession): RocketchatRow {
  const { closedAtMs, logoutAtMs, logoutBy } = session;
  return {
    ...rowOf(session, null),
    loginToken: createHash('sha256').update(session.loginToken).digest('base64'),
    roles: ['user'],
    type: 'session',
    lastActivityAt: isoOf(session.lastActivityAtMs),
    ...(closedAtMs === null ? {} : { closedAt: isoOf(closedAtMs) }),
    ...(logoutAtMs === null ? {} : { logoutAt: isoOf(logoutAtMs), logoutBy }),
  };
}

/** The haystack of `filter`: a substring search without address and host, whatever the documentation says. */
export function searchText(session: RocketchatSession): string {
  const { device } = session;
  const words = [device?.name, device?.type, device?.os.name, session.sessionId, session.userId];
  return words.join('').toLowerCase();
}

export type RocketchatSort = readonly (readonly [SortKey, 1 | -1])[];
type SortKey = keyof typeof sortValues;

const sortValues = {
  loginAt: (session: RocketchatSession) => isoOf(session.loginAtMs),
  'device.name': (session: RocketchatSession) => session.device?.name ?? '',
  'device.os.name': (session: RocketchatSession) => session.device?.os.name ?? '',
  'device.os.version': (session: RocketchatSession) => session.device?.os.version ?? '',
  '_user.name': (_session: RocketchatSession, user?: RocketchatUser) => user?.name ?? '',
  '_user.username': (_session: RocketchatSession, user?: RocketchatUser) => user?.username ?? '',
};

/** Reads the `sort` parameter: keys outside the six allowed ones and texts that are no JSON are refused. */
export function sortOf(given: string | null): RocketchatSort | 'unreadable' | 'forbidden' {
  let parsed: unknown;
  try {
    parsed = JSON.parse(given ?? '{}');
  } catch {
    return 'unreadable';
  }
  if (typeof parsed !== 'object' || parsed === null) return 'unreadable';
  const sort: [SortKey, 1 | -1][] = [];
  for (const [key, direction] of Object.entries(parsed)) {
    if (!isSortKey(key)) return 'forbidden';
    sort.push([key, direction === 1 ? 1 : -1]);
  }
  return sort;
}

/** A sorted copy; equal rows keep their order. */
export function sorted(
  sessions: readonly RocketchatSession[],
  users: readonly RocketchatUser[],
  sort: RocketchatSort,
): RocketchatSession[] {
  const userOf = (session: RocketchatSession) => users.find((user) => user.id === session.userId);
  return [...sessions].sort((a, b) => {
    for (const [key, direction] of sort) {
      const order = sortValues[key](a, userOf(a)).localeCompare(sortValues[key](b, userOf(b)));
      if (order !== 0) return order * direction;
    }
    return 0;
  });
}

function isSortKey(key: string): key is SortKey {
  return Object.hasOwn(sortValues, key);
}
