import { createHash } from 'node:crypto';
import type { DeviceKind } from '../../../contract/place.ts';
import { EngineError } from '../../errors.ts';
import { Secret } from '../../secret.ts';
import { epochMs, isoMs, MAX_TEXT, textOrNull } from '../rows.ts';
import type { Row } from '../source.ts';
import type { Device } from '../../whereabouts.ts';
import type { WireSession } from './wire.ts';

const DEVICE_KINDS: Readonly<Record<string, DeviceKind>> = {
  desktop: 'desktop',
  mobile: 'mobile',
  tablet: 'tablet',
};

/**
 * One session. `tellsCurrent` is false with an API key, which is no session: `isCurrent` then means nothing.
 * The panel's `issuedAt` lies days before the login and moves at every refresh, so the start is `firstSeenAt` or
 * missing. Throws `bad-answer` when the two statements of the expiry disagree: then no time of it can be believed.
 */
export function toRow(wire: WireSession, tellsCurrent: boolean): Row {
  const token = new Secret(wire.token);
  const isCurrent = tellsCurrent ? wire.isCurrent : null;
  const startedAtMs = isoMs(wire.firstSeenAt);
  const userAgent = textOrNull(wire.userAgent, MAX_TEXT.userAgent);
  return {
    native: token,
    // A digest, so that not even a printed row gives the token away.
    identity: createHash('sha256').update(wire.token).digest('base64url'),
    hint: token.hint(),
    user: null,
    isCurrent,
    state: 'active',
    startedAtMs,
    startedAtQuality: startedAtMs === null ? 'missing' : 'reported',
    lastSeenAtMs: isoMs(wire.lastSeenAt),
    expiresAtMs: expiryOf(wire),
    ip: textOrNull(wire.ipAddress, MAX_TEXT.ip),
    userAgent,
    impersonatedBy: null,
    place: null,
    network: null,
    device: userAgent === null ? toDevice(wire) : null,
    isOwnPoll: isCurrent === true,
    userGone: false,
  };
}

function expiryOf(wire: WireSession): number | null {
  const fromText = isoMs(wire.expiresAt);
  const fromNumber = epochMs(wire.expiresAtTimestamp);
  if (fromText !== null && fromNumber !== null && fromText !== fromNumber) {
    throw new EngineError(
      'bad-answer',
      'The panel states two different ends for one session ("expiresAt" and "expiresAtTimestamp"), so none of its ' +
        'times is believed. Sessionscope may not know this version of the panel.',
    );
  }
  return fromText ?? fromNumber;
}

/** The panel's own parsing; its operating systems are left out: Android is "Linux" to it and an iPhone "macOS". */
function toDevice(wire: WireSession): Device | null {
  const browser = textOrNull(wire.browser, MAX_TEXT.name);
  const kind = DEVICE_KINDS[textOrNull(wire.device, MAX_TEXT.name)?.toLowerCase() ?? ''] ?? 'unknown';
  if (browser === null && kind === 'unknown') return null;
  return { browser, browserVersion: null, os: null, osVersion: null, kind };
}
