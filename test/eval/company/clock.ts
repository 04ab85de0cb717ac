export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** When every made-up company stops being watched; a Sunday night. */
export const END_MS = Date.parse('2026-11-01T00:00:00Z');

/** Saturday and Sunday by UTC. */
export function isWeekend(ms: number): boolean {
  const day = new Date(ms).getUTCDay();
  return day === 0 || day === 6;
}

/** What the clocks of a time zone show, in hours since midnight. */
export function localHour(ms: number, zone: string): number {
  const hours = (ms + aheadMs(ms, zone)) / HOUR_MS;
  return ((hours % 24) + 24) % 24;
}

/** The moment at which clocks show that hour, on the UTC day that `dayMs` starts. */
export function atLocalHour(dayMs: number, hour: number, zone: string): number {
  return dayMs + hour * HOUR_MS - aheadMs(dayMs, zone);
}

/** By how much a zone's clocks are ahead of UTC at noon of a UTC day, and so for all of that day. */
function aheadMs(ms: number, zone: string): number {
  const day = Math.floor(ms / DAY_MS);
  const days = known.get(zone) ?? new Map<number, number>();
  known.set(zone, days);
  const ahead = days.get(day) ?? shownMs(day * DAY_MS + DAY_MS / 2, zone) - (day * DAY_MS + DAY_MS / 2);
  days.set(day, ahead);
  return ahead;
}

/** By zone and day: a calendar takes some microseconds, and is asked for every moment of a life. */
const known = new Map<string, Map<number, number>>();

/** What clocks show, as if it were UTC. Swedes write `2026-11-01 13:00:00`. */
function shownMs(ms: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${shown.format(ms).replace(' ', 'T')}Z`);
}
