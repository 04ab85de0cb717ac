import type { Session } from '../../contract/session.ts';

/** A session on the time axis: surely in use up to `seenMs`, and alive (usable) up to `endMs`. */
export type SessionBar = {
  readonly session: Session;
  readonly startMs: number;
  readonly seenMs: number;
  readonly endMs: number;
  /** The start is only when we first saw it: it began at some time before. */
  readonly isStartOpen: boolean;
  /** Still alive: the bar ends now because now is as far as it goes. */
  readonly isLive: boolean;
};

/** What is drawn of a session. An untrusted start is never drawn as one. */
export function sessionBar(session: Session, nowMs: number): SessionBar {
  const told = session.startedAtQuality === 'untrusted' ? null : session.startedAt;
  const startMs = Date.parse(told ?? session.firstObservedAt);
  const isLive = session.state === 'active' || session.state === 'unknown';
  const over = session.endedAt ?? (session.state === 'expired' ? session.expiresAt : null);
  const endMs = isLive ? nowMs : Math.min(nowMs, Date.parse(over ?? session.lastObservedAt));
  const seenMs = session.lastSeenAt === null ? startMs : Date.parse(session.lastSeenAt);
  return {
    session,
    startMs,
    seenMs: Math.min(Math.max(seenMs, startMs), Math.max(endMs, startMs)),
    endMs: Math.max(endMs, startMs),
    isStartOpen: told === null,
    isLive,
  };
}

/** Oldest first, so that time runs down as well as across. */
export function sessionBars(sessions: readonly Session[], nowMs: number): readonly SessionBar[] {
  return sessions.map((session) => sessionBar(session, nowMs)).sort((a, b) => a.startMs - b.startMs);
}
