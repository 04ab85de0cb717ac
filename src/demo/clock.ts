/** What the far side needs of time: milliseconds since 1970. Structurally part of the engine's clock. */
export type DemoClock = { now(): number };

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The same clock as a far side that is ahead (or, negative, behind) by `skewMs` reads it. */
export function skewedClock(clock: DemoClock, skewMs: number): DemoClock {
  return { now: () => clock.now() + skewMs };
}

/** ISO 8601 with milliseconds, the form most of the APIs speak. */
export function isoOf(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** ISO 8601 without milliseconds, the form both 7331 interfaces speak. */
export function isoSecondsOf(atMs: number): string {
  return isoOf(atMs).replace(/\.\d+Z$/, 'Z');
}
