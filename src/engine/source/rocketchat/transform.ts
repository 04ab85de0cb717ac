import type { DeviceKind } from '../../../contract/place.ts';
import { hintOf } from '../../secret.ts';
import { isoMs, MAX_TEXT, textOrNull } from '../rows.ts';
import type { Account, Row, SourceUser } from '../source.ts';
import type { Device } from '../../whereabouts.ts';
import type { WireMe, WireSession } from './wire.ts';

/**
 * A wire row as a Row. The id is a connection's and changes at every reconnect, and `loginAt` is that of the
 * latest login or resume: a start, but a derived one. Nothing tells which row is the credential's own.
 */
export function toRow(wire: WireSession, account: Account, listsEverybody: boolean): Row {
  const startedAtMs = isoMs(wire.loginAt);
  const isOwn = wire.userId === account.id;
  return {
    native: wire.sessionId,
    identity: wire.sessionId,
    hint: hintOf(wire.sessionId),
    user: isOwn ? ownUser(account) : userOf(wire),
    isCurrent: null,
    state: 'active',
    startedAtMs,
    startedAtQuality: startedAtMs === null ? 'missing' : 'derived',
    lastSeenAtMs: null,
    expiresAtMs: null,
    ip: textOrNull(wire.ip, MAX_TEXT.ip),
    userAgent: null,
    impersonatedBy: null,
    place: null,
    network: null,
    device: deviceOf(wire.device),
    isOwnPoll: false,
    userGone: listsEverybody && !isOwn && wire._user === null,
  };
}

/** Who `/api/v1/me` says the credential is. Only a verified address may link this user to others. */
export function toAccount(wire: WireMe): Account {
  const verified = wire.emails.find((email) => email?.verified === true);
  return {
    id: wire._id,
    name: textOrNull(wire.name, MAX_TEXT.name) ?? textOrNull(wire.username, MAX_TEXT.name),
    email: textOrNull(verified?.address, MAX_TEXT.name),
    known: true,
    ...(wire.roles === null ? {} : { tags: tagsOf(wire.roles) }),
  };
}

function ownUser({ known: _, ...user }: Account): SourceUser {
  return user;
}

/** The roles every workspace has; others are its own and mean what it likes. */
function tagsOf(roles: readonly unknown[]): NonNullable<SourceUser['tags']> {
  return [
    ...(roles.includes('admin') ? (['administrator'] as const) : []),
    ...(roles.includes('bot') ? (['service'] as const) : []),
  ];
}

function userOf({ userId, _user }: WireSession): SourceUser {
  const name = textOrNull(_user?.name, MAX_TEXT.name) ?? textOrNull(_user?.username, MAX_TEXT.name);
  return { id: userId, name, email: null };
}

function deviceOf(wire: WireSession['device']): Device | null {
  if (wire === null) return null;
  const device: Device = {
    browser: textOrNull(wire.name, MAX_TEXT.name),
    browserVersion:
      textOrNull(wire.longVersion, MAX_TEXT.version) ?? textOrNull(wire.version, MAX_TEXT.version),
    os: textOrNull(wire.os?.name, MAX_TEXT.name),
    osVersion: textOrNull(wire.os?.version, MAX_TEXT.version),
    kind: kindOf(wire.type),
  };
  return Object.values(device).every((value) => value === null || value === 'unknown') ? null : device;
}

/** Rocket.Chat's parser says `browser` for a browser on a computer and names its own apps `…-app`. */
function kindOf(type: unknown): DeviceKind {
  if (type === 'browser') return 'desktop';
  if (type === 'mobile' || type === 'tablet') return type;
  return typeof type === 'string' && type.endsWith('-app') ? 'app' : 'unknown';
}
