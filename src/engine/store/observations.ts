import type { Db } from './database.ts';

/** The values of a session that an observation keeps, as stored numbers. */
export type Observed = {
  readonly state: number;
  readonly lastSeenAt: number | null;
  readonly expiresAt: number | null;
  readonly ipId: number | null;
  readonly placeId: number | null;
  readonly networkId: number | null;
  readonly agentId: number | null;
  readonly deviceId: number;
  readonly isOwnPoll: number;
};

/** The times of a session's newest observation. */
export type LatestObservation = {
  readonly at: number;
  readonly lastSeenAt: number | null;
  readonly expiresAt: number | null;
};

/**
 * Last seen and expiry move with every use of a session, so that alone is kept once per this many milliseconds. It is
 * the width at which activity counts as "at the same time" (detections 3.5).
 */
const CLOCK_STEP_MS = 15 * 60_000;

/** Writes observations; numbers them 1, 2, 3 … within their session. */
export class Observations {
  readonly #insert;
  readonly #latest;

  constructor(db: Db) {
    this.#insert = db.prepare<
      [Observed & { session: number; n: number; at: number; notBefore: number | null }]
    >(
      `INSERT INTO observation (session_id, n, at, not_before, state, last_seen_at, expires_at,
         ip_id, place_id, network_id, agent_id, device_id, is_own_poll)
       VALUES (@session, @n, @at, @notBefore, @state, @lastSeenAt, @expiresAt,
         @ipId, @placeId, @networkId, @agentId, @deviceId, @isOwnPoll)`,
    );
    this.#latest = db.prepare<[number], LatestObservation>(
      `SELECT at, last_seen_at AS lastSeenAt, expires_at AS expiresAt
       FROM observation WHERE session_id = ? ORDER BY n DESC LIMIT 1`,
    );
  }

  /** `notBefore`: the last moment the values before these were seen; null when nothing is known before. */
  add(session: number, n: number, at: number, notBefore: number | null, observed: Observed): void {
    this.#insert.run({ ...observed, session, n, at, notBefore });
  }

  latest(session: number): LatestObservation | undefined {
    return this.#latest.get(session);
  }
}

/** Whether the session itself is another than before, in anything but its clocks. */
export function isChange(before: Observed, after: Observed): boolean {
  if (before.state !== after.state || before.ipId !== after.ipId || before.agentId !== after.agentId)
    return true;
  // With the same address a new place is news of a database, not of the session; likewise devices and user agents.
  const isMoved = before.placeId !== after.placeId || before.networkId !== after.networkId;
  const isOtherDevice = before.deviceId !== after.deviceId;
  return (after.ipId === null && isMoved) || (after.agentId === null && isOtherDevice);
}

/** Whether last seen or expiry moved far enough from the newest observation to be worth another one. */
export function isClockStep(latest: LatestObservation | undefined, after: Observed): boolean {
  if (after.isOwnPoll === 1) return false;
  return (
    isFar(latest?.lastSeenAt ?? null, after.lastSeenAt) || isFar(latest?.expiresAt ?? null, after.expiresAt)
  );
}

/** Whether a sign of life at `atMs` is far enough from the newest observation to be worth another one. */
export function isActivityStep(latest: LatestObservation | undefined, atMs: number): boolean {
  return isFar(latest?.at ?? null, atMs);
}

function isFar(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before !== after;
  return Math.abs(after - before) >= CLOCK_STEP_MS;
}
