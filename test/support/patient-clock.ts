import type { Clock } from '../../src/engine/host.ts';

export type PatientClock = Clock & { /** Every wait so far, in milliseconds. */ readonly slept: number[] };

/** A clock on which every wait is over at once and has taken exactly its time. */
export function patientClock(startMs = Date.parse('2026-11-20T12:00:00.000Z')): PatientClock {
  let nowMs = startMs;
  const slept: number[] = [];
  return {
    slept,
    now: () => nowMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      nowMs += ms;
    },
  };
}
