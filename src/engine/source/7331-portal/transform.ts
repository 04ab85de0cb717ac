import { isoMs, MAX_TEXT, parseRows, textOrNull, type ParsedRows } from '../rows.ts';
import type { RejectedRow, Row } from '../source.ts';
import { toNetwork, toPlace } from './place.ts';
import { wireSession, type WireSession } from './wire.ts';

/** Two sessions of one suffix and one start can't be told apart, and must not become one without a word. */
const TWIN = 'it has the suffix and the start of another session';

/**
 * The elements of either list. A session moves from `sessions` to `history` with the same suffix and start: it keeps
 * its identity and changes its state. Its end lies between two polls and is not told.
 */
export function toRows(elements: readonly unknown[], list: 'sessions' | 'history'): ParsedRows<Row> {
  const byIdentity = new Map<string, Row>();
  const rejected: RejectedRow[] = [];
  for (const [index, element] of elements.entries()) {
    const parsed = parseRows([element], wireSession, (wire) => toRow(wire, list === 'history'), index);
    rejected.push(...parsed.rejected);
    for (const row of parsed.rows) {
      const twin = byIdentity.get(row.identity);
      if (twin === undefined) byIdentity.set(row.identity, row);
      else if (JSON.stringify(twin) !== JSON.stringify(row)) rejected.push({ index, reason: TWIN });
    }
  }
  return { rows: [...byIdentity.values()], rejected };
}

function toRow(wire: WireSession, isHistory: boolean): Row {
  return {
    native: wire.token_suffix,
    identity: `${wire.token_suffix} ${wire.created_at}`,
    hint: wire.token_suffix.slice(-4),
    user: null,
    isCurrent: isHistory ? false : wire.is_current,
    state: isHistory ? 'ended' : 'active',
    startedAtMs: wire.created_at,
    startedAtQuality: 'reported',
    lastSeenAtMs: null,
    expiresAtMs: isoMs(wire.expires_at),
    ip: textOrNull(wire.client_ip, MAX_TEXT.ip),
    userAgent: textOrNull(wire.user_agent, MAX_TEXT.userAgent),
    impersonatedBy: null,
    place: toPlace(wire.geo),
    network: toNetwork(wire.geo),
    device: null,
    isOwnPoll: false,
    userGone: false,
  };
}
