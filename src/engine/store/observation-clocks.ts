import { WholeNumbers, writeWhole } from './whole-numbers.ts';

/** The times of one observation, in milliseconds. */
export type Clocks = {
  /** When it was made. */
  readonly at: number;
  /** The last moment at which the values before these were seen; null: nothing is known before. */
  readonly notBefore: number | null;
  readonly lastSeenAt: number | null;
  readonly expiresAt: number | null;
};

/** A row of observations: the times of its first, and what `repeated` wrote of those after it; null: none. */
export type ClockRow = Clocks & { readonly repeats: Uint8Array | null };

/** Bytes of repeats after which a row is full: what is longer than a quarter of a page does not stay in it, with its key. */
const FULL_BYTES = 512;

/** Differences beyond it are not written: every number between is exact, and made of whole bits (`whole-numbers.ts`). */
const FARTHEST_MS = 2 ** 51;

const NOTHING = new Uint8Array();

/**
 * Goes through the observations of a row, from its first on: those after it differ from it by their times alone, which are
 * written as how far they are from what the one before lets expect. A cursor and no list, because millions are read.
 */
export class ObservationClocks implements Clocks {
  at: number;
  notBefore: number | null;
  lastSeenAt: number | null;
  expiresAt: number | null;
  /** How long after the one before it this one was made; of the first: 0. */
  stepMs = 0;
  readonly #numbers: WholeNumbers;
  readonly #endsAt: number;

  constructor({ at, notBefore, lastSeenAt, expiresAt, repeats }: ClockRow) {
    this.at = at;
    this.notBefore = notBefore;
    this.lastSeenAt = lastSeenAt;
    this.expiresAt = expiresAt;
    this.#numbers = new WholeNumbers(repeats ?? NOTHING, 0);
    this.#endsAt = repeats?.length ?? 0;
  }

  /** Goes on to the next one; false where there is none. */
  next(): boolean {
    if (this.#numbers.at >= this.#endsAt) return false;
    const before = this.at;
    this.stepMs += this.#numbers.next();
    this.at += this.stepMs;
    const known = this.#numbers.next();
    this.notBefore = known === 0 ? null : before + (known > 0 ? known - 1 : known);
    const [seen, expires] = [this.#numbers.next(), this.#numbers.next()];
    if (this.lastSeenAt !== null) this.lastSeenAt += this.stepMs + seen;
    if (this.expiresAt !== null) this.expiresAt += expires;
    return true;
  }
}

/**
 * A row's repeats with one more at their end.
 *
 * @returns null where it needs a row of its own: the row is full, or a time is known of one of the two only, or is too far away
 */
export function repeated(row: ClockRow, next: Clocks): Uint8Array | null {
  const before = row.repeats ?? NOTHING;
  if (before.length >= FULL_BYTES) return null;
  const last = new ObservationClocks(row);
  while (last.next());
  const isOfKind =
    (last.lastSeenAt === null) === (next.lastSeenAt === null) &&
    (last.expiresAt === null) === (next.expiresAt === null);
  if (!isOfKind) return null;
  const stepMs = next.at - last.at;
  const known = next.notBefore === null ? null : next.notBefore - last.at;
  const numbers = [
    stepMs - last.stepMs,
    known === null ? 0 : known >= 0 ? known + 1 : known,
    since(last.lastSeenAt, next.lastSeenAt) - (next.lastSeenAt === null ? 0 : stepMs),
    since(last.expiresAt, next.expiresAt),
  ];
  if (numbers.some((number) => Math.abs(number) > FARTHEST_MS)) return null;
  const added: number[] = [];
  for (const number of numbers) writeWhole(added, number);
  const bytes = new Uint8Array(before.length + added.length);
  bytes.set(before);
  bytes.set(added, before.length);
  return bytes;
}

function since(before: number | null, after: number | null): number {
  return before === null || after === null ? 0 : after - before;
}
