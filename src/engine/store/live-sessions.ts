import type { SessionFacts } from '../detect/facts.ts';
import { codeOf, sessionStates, timeQualities, valueOf } from '../query/codes.ts';
import type { Device } from '../whereabouts.ts';
import type { SessionRow } from './person-rows.ts';
import type { Who } from './stored-sighting.ts';

/** Live sessions of one person that the rules look at, at most: the newest. */
const MAX_SESSIONS = 200_000;

const EXPIRED = codeOf(sessionStates, 'expired');

/** What a source tells of all its sessions. */
export type SourceTells = {
  readonly expiry: boolean;
  readonly lastSeen: boolean;
  readonly pollEveryMs: number | null;
};

/** What is known of a session beside its row. */
export type BesideRow = {
  readonly key: string;
  readonly who: Who;
  readonly tells: SourceTells;
  readonly device: Device | null;
  readonly revokedAtMs: number | null;
};

/** Collects the live sessions of one person, and of too many keeps the newest. */
export class LiveSessions {
  #kept: SessionFacts[] = [];

  add(row: SessionRow, { key, who, tells, device, revokedAtMs }: BesideRow): void {
    const [
      ,
      ,
      ,
      startedAt,
      startedQuality,
      ,
      ,
      lastSeenAt,
      expiresAt,
      firstObservedAt,
      lastListedAt,
      ...rest
    ] = row;
    const [userGoneSince, isOwn] = rest;
    const quality = valueOf(timeQualities, startedQuality);
    this.#kept.push({
      key,
      source: who.source,
      userId: who.userId,
      startedAtMs: quality === 'reported' || quality === 'derived' ? startedAt : null,
      lastSeenAtMs: lastSeenAt,
      expiresAtMs: expiresAt,
      firstObservedAtMs: firstObservedAt,
      isUserGone: userGoneSince !== null,
      userGoneSinceMs: userGoneSince,
      tellsExpiry: tells.expiry,
      tellsLastSeen: tells.lastSeen,
      device,
      isOwn: isOwn === 1,
      revokedAtMs,
      lastListedAtMs: lastListedAt,
      ...(tells.pollEveryMs === null ? {} : { pollEveryMs: tells.pollEveryMs }),
    });
    if (this.#kept.length >= 2 * MAX_SESSIONS) this.#kept = this.#kept.slice(-MAX_SESSIONS);
  }

  list(): readonly SessionFacts[] {
    return this.#kept;
  }
}

/** Whether a session may still be used: stored as live, and not expired since. */
export function isLive([, , , , , , state, , expiresAt]: SessionRow, nowMs: number): boolean {
  return state < EXPIRED && (expiresAt === null || expiresAt > nowMs);
}
