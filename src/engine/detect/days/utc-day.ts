export const DAY_MS = 86_400_000;

/** The whole day (UTC) that a moment lies in, as a number: 0 is 1970-01-01. */
export function utcDay(atMs: number): number {
  return Math.floor(atMs / DAY_MS);
}

/** When a day begins. */
export function dayStartMs(day: number): number {
  return day * DAY_MS;
}

/** `2026-11-20`. */
export function dayName(day: number): string {
  return new Date(dayStartMs(day)).toISOString().slice(0, 10);
}

/**
 * The last day that counts for moments of a day: it ended 24 hours before the day began, so that nobody teaches the
 * organisation in one night, and a login that is told of a day late changes nothing.
 */
export function lastSettledDay(day: number): number {
  return day - 2;
}
