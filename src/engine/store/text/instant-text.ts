import { iso } from '../instant.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Days remembered: sixty years, far more than a file of sessions spans unless somebody makes them up. */
const MAX_DAYS = 22_000;

const minutes = Array.from(
  { length: 24 * 60 },
  (_, minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}:`,
);
const seconds = Array.from({ length: 60 }, (_, second) => `${two(second)}.`);
const thousandths = Array.from({ length: 1000 }, (_, ms) => `${String(ms).padStart(3, '0')}Z`);

/**
 * Writes moments exactly as `iso` does, put together from what repeats: a report of a million sessions has five million
 * of them, and the calendar is most of the work.
 */
export class InstantText {
  readonly #days = new Map<number, string>();

  of(ms: number): string {
    const day = Math.floor(ms / DAY_MS);
    const inDay = ms - day * DAY_MS;
    const minute = Math.floor(inDay / MINUTE_MS);
    const inMinute = inDay - minute * MINUTE_MS;
    const second = Math.floor(inMinute / 1000);
    const clock = `${minutes[minute] ?? ''}${seconds[second] ?? ''}${thousandths[inMinute - second * 1000] ?? ''}`;
    return this.#date(day, ms) + clock;
  }

  /** `2026-11-21T`; the calendar itself is asked by the moment, so that what lies beyond it throws as it does there. */
  #date(day: number, ms: number): string {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const text = iso(ms);
    const date = text.slice(0, text.indexOf('T') + 1);
    if (this.#days.size >= MAX_DAYS) this.#days.clear();
    this.#days.set(day, date);
    return date;
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
