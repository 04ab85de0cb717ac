import type { DeviceKind } from '../../../contract/place.ts';
import { EngineError } from '../../errors.ts';
import { hintOf } from '../../secret.ts';
import { isoMs, MAX_TEXT, parseRows, textOrNull, type ParsedRows } from '../rows.ts';
import type { Row } from '../source.ts';
import type { Device } from '../../whereabouts.ts';
import { wireSession, type WireListing, type WireSession } from './wire.ts';

const DEVICE_KINDS: Readonly<Record<string, DeviceKind>> = {
  desktop: 'desktop',
  mobile: 'mobile',
  tablet: 'tablet',
};

/**
 * The sessions of an answer, the current one first. Rows never expire, so none is called active; where no session
 * is current, nothing is known of any. Throws `bad-answer` for the oldest generation, whose rows are bare ids.
 */
export function toRows({ current, other }: WireListing): ParsedRows<Row> {
  if (typeof current === 'string' || other.some((element) => typeof element === 'string')) {
    throw new EngineError(
      'bad-answer',
      'This Zipline is too old: it lists bare session ids, as 4.0 did in development. Update it to a released 4.x.',
    );
  }
  const elements = current === null ? other : [current, ...other];
  const isCurrent = (wire: WireSession) => (current === null ? null : wire.id === current.id);
  const parsed = parseRows(elements, wireSession, (wire) => toRow(wire, isCurrent(wire)));
  const byId = new Map<string, Row>();
  for (const row of parsed.rows) if (!byId.has(row.identity)) byId.set(row.identity, row);
  return { rows: [...byId.values()], rejected: parsed.rejected };
}

function toRow(wire: WireSession, isCurrent: boolean | null): Row {
  const startedAtMs = isoMs(wire.createdAt);
  const userId = textOrNull(wire.userId, MAX_TEXT.id);
  const userAgent = textOrNull(wire.ua, MAX_TEXT.userAgent);
  return {
    native: wire.id,
    identity: wire.id,
    hint: hintOf(wire.id),
    user: userId === null ? null : { id: userId, name: null, email: null },
    isCurrent,
    state: 'unknown',
    startedAtMs,
    startedAtQuality: startedAtMs === null ? 'missing' : 'reported',
    lastSeenAtMs: null,
    expiresAtMs: null,
    ip: null,
    userAgent,
    impersonatedBy: null,
    place: null,
    network: null,
    device: userAgent === null ? toDevice(wire) : null,
    isOwnPoll: false,
    userGone: false,
  };
}

function toDevice(wire: WireSession): Device | null {
  const browser = textOrNull(wire.client, MAX_TEXT.name);
  const kind = DEVICE_KINDS[textOrNull(wire.device, MAX_TEXT.name)?.toLowerCase() ?? ''] ?? 'unknown';
  if (browser === null && kind === 'unknown') return null;
  return { browser, browserVersion: null, os: null, osVersion: null, kind };
}
