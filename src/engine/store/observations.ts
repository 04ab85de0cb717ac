import type { Db } from './database.ts';
import { ObservationClocks, repeated, type Clocks, type ClockRow } from './observation-clocks.ts';

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

/** A session's newest observation, with the row that it is stored in. */
export type LatestObservation = {
  readonly clocks: Clocks;
  readonly row: StoredRow;
};

/** An observation, and those after it that are the same but for their times. */
type StoredRow = ClockRow & Omit<Observed, 'lastSeenAt' | 'expiresAt'> & { readonly n: number };

/** What has to be equal for an observation to be stored with the one before it. */
const told = [
  'state',
  'ipId',
  'placeId',
  'networkId',
  'agentId',
  'deviceId',
  'isOwnPoll',
] as const satisfies (keyof Observed & keyof StoredRow)[];

/**
 * Last seen and expiry move with every use of a session, so that alone is kept once per this many milliseconds. It is
 * the width at which activity counts as "at the same time" (detections 3.5).
 */
const CLOCK_STEP_MS = 15 * 60_000;

/** Writes observations; numbers them 1, 2, 3 … within their session. A row has the number of its first one. */
export class Observations {
  readonly #insert;
  readonly #repeat;
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
    this.#repeat = db.prepare<[Uint8Array, number, number]>(
      'UPDATE observation SET repeats = ? WHERE session_id = ? AND n = ?',
    );
    this.#latest = db.prepare<[number], StoredRow>(
      `SELECT n, at, not_before AS notBefore, state, last_seen_at AS lastSeenAt, expires_at AS expiresAt, ip_id AS ipId,
         place_id AS placeId, network_id AS networkId, agent_id AS agentId, device_id AS deviceId,
         is_own_poll AS isOwnPoll, repeats
       FROM observation WHERE session_id = ? ORDER BY n DESC LIMIT 1`,
    );
  }

  /**
   * Adds an observation to a session.
   *
   * @param n its number
   * @param latest the newest so far, where the caller knows it: what only has other times takes a few bytes behind it in
   *   place of a row
   */
  add(
    session: number,
    n: number,
    { at, notBefore }: Pick<Clocks, 'at' | 'notBefore'>,
    observed: Observed,
    latest?: LatestObservation,
  ): void {
    const isSame = latest !== undefined && told.every((column) => latest.row[column] === observed[column]);
    const { lastSeenAt, expiresAt } = observed;
    const repeats = isSame ? repeated(latest.row, { at, notBefore, lastSeenAt, expiresAt }) : null;
    if (latest === undefined || repeats === null)
      this.#insert.run({ ...observed, session, n, at, notBefore });
    else this.#repeat.run(repeats, session, latest.row.n);
  }

  latest(session: number): LatestObservation | undefined {
    const row = this.#latest.get(session);
    if (row === undefined) return undefined;
    const clocks = new ObservationClocks(row);
    while (clocks.next());
    return { row, clocks };
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
export function isClockStep(latest: Clocks | undefined, after: Observed): boolean {
  if (after.isOwnPoll === 1) return false;
  return (
    isFar(latest?.lastSeenAt ?? null, after.lastSeenAt) || isFar(latest?.expiresAt ?? null, after.expiresAt)
  );
}

/** Whether a sign of life at `atMs` is far enough from the newest observation to be worth another one. */
export function isActivityStep(latest: Clocks | undefined, atMs: number): boolean {
  return isFar(latest?.at ?? null, atMs);
}

function isFar(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before !== after;
  return Math.abs(after - before) >= CLOCK_STEP_MS;
}
