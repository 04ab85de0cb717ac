import type {
  WireSession as BetterAuthSession,
  WireUser,
} from '../../../src/engine/source/better-auth/wire.ts';
import type { WireSession as RocketchatSession } from '../../../src/engine/source/rocketchat/wire.ts';
import type { Person } from './people.ts';
import type { SimulatedSession } from './population.ts';

/** The administrator whose credential lists everybody; the same at every service. */
export const administrator = {
  id: 'u-admin',
  name: 'Admin',
  email: 'admin@example.test',
  sessionId: 's-admin',
};

/** A user as better-auth's `admin/list-users` sends one. */
export function betterAuthUser({ id, name, email }: Person): WireUser {
  return { id, name, email, emailVerified: true };
}

/** A session as better-auth's `admin/list-user-sessions` sends one. */
export function betterAuthSession({ id: userId }: Person, session: SimulatedSession): BetterAuthSession {
  return {
    id: session.id,
    token: session.token,
    userId,
    createdAt: isoOf(session.startedAtMs),
    updatedAt: isoOf(session.lastSeenAtMs),
    expiresAt: isoOf(session.expiresAtMs),
    ipAddress: session.ip,
    userAgent: session.agent.text,
    impersonatedBy: session.impersonatedBy,
  };
}

/** A session as Rocket.Chat's `sessions/list.all` sends one: a parsed device, and neither expiry nor last seen. */
export function rocketchatSession(
  { id: userId, name }: Person,
  { id, agent, ip, startedAtMs }: SimulatedSession,
): RocketchatSession {
  return {
    sessionId: id,
    userId,
    ip,
    loginAt: isoOf(startedAtMs),
    device: {
      type: agent.isMobile ? 'mobile' : 'browser',
      name: agent.browser,
      version: agent.version,
      longVersion: agent.version,
      os: { name: agent.os, version: '10' },
    },
    _user: { name, username: userId },
  };
}

function isoOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
