import { MAX_TEXT, parseRows, textOrNull, type ParsedRows } from '../rows.ts';
import type { Row, SourceEvent } from '../source.ts';
import { addressKey } from './address-key.ts';
import type { Places } from './places.ts';
import { wireLogin, type WireListing } from './wire.ts';

/** One entry of the login history, with the address it is filed under. */
export type Login = { readonly atMs: number; readonly ip: string; readonly userAgent: string | null };

/** A login this near to a session's start began that session, in milliseconds (chosen; the samples are equal). */
const SAME_LOGIN_MS = 5_000;

/** Every `{ts, ua}` of `login_history`, which is keyed by address; rejected entries count within their address. */
export function readLogins(history: WireListing['login_history']): ParsedRows<Login> {
  const parsed = Object.entries(history ?? {}).map(([ip, entries]) =>
    parseRows(entries, wireLogin, ({ ts, ua }) => ({
      atMs: ts,
      ip: ip.slice(0, MAX_TEXT.ip),
      userAgent: textOrNull(ua, MAX_TEXT.userAgent),
    })),
  );
  return {
    rows: parsed.flatMap(({ rows }) => rows),
    rejected: parsed
      .flatMap(({ rejected }) => rejected)
      .map(({ index, reason }) => ({ index, reason: `in a list of logins: ${reason}` })),
  };
}

/** The login from that address nearest in time; null where the history does not know the address. */
export function nearestLogin(logins: readonly Login[], ip: string | null, atMs: number): Login | null {
  if (ip === null) return null;
  const distanceMs = (login: Login) => Math.abs(login.atMs - atMs);
  const here = logins.filter((login) => addressKey(login.ip) === addressKey(ip));
  return here.reduce<Login | null>(
    (nearest, login) => (nearest !== null && distanceMs(nearest) <= distanceMs(login) ? nearest : login),
    null,
  );
}

/** A login as the event it is; tied to the session it began where that is still listed. */
export function toEvent(login: Login, rows: readonly Row[], places: Places): SourceEvent {
  const begun = rows.find(
    ({ ip, startedAtMs }) =>
      ip !== null &&
      startedAtMs !== null &&
      addressKey(ip) === addressKey(login.ip) &&
      Math.abs(startedAtMs - login.atMs) <= SAME_LOGIN_MS,
  );
  return {
    atMs: login.atMs,
    user: null,
    kind: 'login',
    outcome: 'success',
    ip: login.ip,
    userAgent: login.userAgent,
    place: places.of(login.ip),
    network: null,
    sessionIdentity: begun?.identity ?? null,
  };
}
