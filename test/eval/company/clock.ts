export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** When every made-up company stops being watched; a Sunday night. */
export const END_MS = Date.parse('2026-11-01T00:00:00Z');

/** Saturday and Sunday at a longitude. */
export function isWeekend(ms: number): boolean {
  const day = new Date(ms).getUTCDay();
  return day === 0 || day === 6;
}

/** The clock on the wall by the sun: an hour for each 15 degrees. */
export function localHour(ms: number, lon: number): number {
  const hours = ms / HOUR_MS + Math.round(lon / 15);
  return ((hours % 24) + 24) % 24;
}

/** The moment at which it is that hour, on the UTC day that `dayMs` starts. */
export function atLocalHour(dayMs: number, hour: number, lon: number): number {
  return dayMs + (hour - Math.round(lon / 15)) * HOUR_MS;
}
