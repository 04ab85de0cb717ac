import type { Sighting } from './facts.ts';

/** Years of four digits, which is what an instant of the contract can hold. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

type Moment = Pick<Sighting, 'fromMs' | 'toMs'>;

/**
 * The longest time in milliseconds that can lie between two moments, each known only to lie between its ends
 * (detections 2.4: doubt favours the user). Null when nothing bounds one of them from below.
 */
export function longestGapMs(a: Moment, b: Moment): number | null {
  const aFromMs = earliestMs(a);
  const bFromMs = earliestMs(b);
  if (aFromMs === null || bFromMs === null) return null;
  return Math.max(latestMs(a) - bFromMs, latestMs(b) - aFromMs);
}

/**
 * Whether one moment was before another, whenever between their ends both were. What two sessions did that one poll saw is of no order.
 */
export function isSurelyBefore(a: Moment, b: Moment): boolean {
  const bFromMs = earliestMs(b);
  return bFromMs !== null && latestMs(a) <= bFromMs && latestMs(a) < latestMs(b);
}

/** Whether it can be sorted and written as a date at all; a far side can send any number. */
export function isMoment({ toMs }: Moment): boolean {
  return toMs >= FIRST_MS && toMs <= LAST_MS;
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
  return atMs !== null && atMs >= FIRST_MS && atMs <= LAST_MS ? new Date(atMs).toISOString() : null;
}
