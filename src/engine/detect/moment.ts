import type { Sighting } from './facts.ts';

/** The end of what a Date can hold. */
const LAST_DATE_MS = 8.64e15;

type Moment = Pick<Sighting, 'fromMs' | 'toMs'>;

/**
 * The longest time in milliseconds that can lie between two moments, each known only to lie between its ends
 * (detections 2.4: doubt favours the user). Null when nothing bounds one of them from below.
 */
export function longestGapMs(a: Moment, b: Moment): number | null {
  const [aFromMs, bFromMs] = [earliestMs(a), earliestMs(b)];
  if (aFromMs === null || bFromMs === null) return null;
  return Math.max(latestMs(a) - bFromMs, latestMs(b) - aFromMs);
}

/** Whether it can be sorted and written as a date at all; a far side can send any number. */
export function isMoment({ toMs }: Moment): boolean {
  return Math.abs(toMs) <= LAST_DATE_MS;
}

/** A far side that reports the ends the wrong way round is read as if it had not. */
function earliestMs({ fromMs, toMs }: Moment): number | null {
  return fromMs === null || !Number.isFinite(fromMs) ? null : Math.min(fromMs, toMs);
}

function latestMs({ fromMs, toMs }: Moment): number {
  return fromMs === null || !Number.isFinite(fromMs) ? toMs : Math.max(fromMs, toMs);
}

/** ISO 8601 in UTC, or null when there is no such date. */
export function isoTime(atMs: number | null): string | null {
  return atMs !== null && Math.abs(atMs) <= LAST_DATE_MS ? new Date(atMs).toISOString() : null;
}
