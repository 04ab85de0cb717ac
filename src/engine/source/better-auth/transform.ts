import { hintOf, Secret } from '../../secret.ts';
import { isoMs, MAX_TEXT, textOrNull } from '../rows.ts';
import type { Row, SourceUser } from '../source.ts';
import type { WireSession, WireUser } from './wire.ts';

export type RowContext = {
  /** Whose listing it is; null in user mode, where every row is the account's. */
  readonly user: SourceUser | null;
  readonly currentId: string;
  readonly nowMs: number;
};

/**
 * A wire row as a Row. Identity is the id, but revoking takes the token, so that is the native id and stays in
 * memory; the hint is the id's. `updatedAt` moves only when the session is refreshed: a coarse last-seen.
 */
export function toRow(wire: WireSession, { user, currentId, nowMs }: RowContext): Row {
  const startedAtMs = isoMs(wire.createdAt);
  const expiresAtMs = isoMs(wire.expiresAt);
  return {
    native: new Secret(wire.token),
    identity: wire.id,
    hint: hintOf(wire.id),
    user,
    isCurrent: wire.id === currentId,
    state: expiresAtMs !== null && expiresAtMs <= nowMs ? 'expired' : 'active',
    startedAtMs,
    startedAtQuality: startedAtMs === null ? 'missing' : 'reported',
    lastSeenAtMs: isoMs(wire.updatedAt),
    expiresAtMs,
    ip: textOrNull(wire.ipAddress, MAX_TEXT.ip),
    userAgent: textOrNull(wire.userAgent, MAX_TEXT.userAgent),
    impersonatedBy: textOrNull(wire.impersonatedBy, MAX_TEXT.id),
    place: null,
    network: null,
    device: null,
    isOwnPoll: false,
    userGone: false,
  };
}

/** Only a verified address is kept: it links a user to the users of other sources, and anybody can type one. */
export function toUser(wire: WireUser): SourceUser {
  return {
    id: wire.id,
    name: textOrNull(wire.name, MAX_TEXT.name),
    email: wire.emailVerified === true ? textOrNull(wire.email, MAX_TEXT.name) : null,
    ...(typeof wire.role === 'string' ? { tags: tagsOf(wire.role) } : {}),
  };
}

/** Roles of the installation's own making mean what it likes; `admin` is the plugin's. */
function tagsOf(role: string): NonNullable<SourceUser['tags']> {
  const isAdministrator = role.split(',').some((each) => each.trim() === 'admin');
  return isAdministrator ? ['administrator'] : [];
}
