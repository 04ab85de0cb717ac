import { isoMs, MAX_TEXT, parseRows, textOrNull, type ParsedRows } from '../rows.ts';
import type { RejectedRow, Row } from '../source.ts';
import { nearestLogin, type Login } from './logins.ts';
import { toPlace, type Places } from './places.ts';
import { wireSession, type WireSession } from './wire.ts';

/** Two sessions of one suffix and one start can't be told apart, and must not become one without a word. */
const TWIN = 'it has the suffix and the start of another session';

/**
 * The sessions of an answer. The interface gives them no user agent: it is that of the login from the same address
 * nearest to the session's start, and unknown where the history lacks the address.
 */
export function toRows(
  sessions: readonly unknown[],
  logins: readonly Login[],
  places: Places,
): ParsedRows<Row> {
  const byIdentity = new Map<string, Row>();
  const rejected: RejectedRow[] = [];
  for (const [index, element] of sessions.entries()) {
    const parsed = parseRows([element], wireSession, (wire) => toRow(wire, logins, places), index);
    rejected.push(...parsed.rejected);
    for (const row of parsed.rows) {
      const twin = byIdentity.get(row.identity);
      if (twin === undefined) byIdentity.set(row.identity, row);
      else if (JSON.stringify(twin) !== JSON.stringify(row)) rejected.push({ index, reason: TWIN });
    }
  }
  return { rows: [...byIdentity.values()], rejected };
}

function toRow(wire: WireSession, logins: readonly Login[], places: Places): Row {
  const ip = textOrNull(wire.client_ip, MAX_TEXT.ip);
  return {
    native: wire.token_suffix,
    identity: `${wire.token_suffix} ${wire.created_at}`,
    hint: wire.token_suffix.slice(-4),
    user: null,
    isCurrent: wire.is_current,
    state: 'active',
    startedAtMs: wire.created_at,
    startedAtQuality: 'reported',
    lastSeenAtMs: null,
    expiresAtMs: isoMs(wire.expires_at),
    ip,
    userAgent: nearestLogin(logins, ip, wire.created_at)?.userAgent ?? null,
    impersonatedBy: null,
    place: toPlace(wire.geo) ?? places.of(ip),
    network: null,
    device: null,
    isOwnPoll: false,
    userGone: false,
  };
}
