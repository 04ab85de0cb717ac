import type { Sighting } from '../facts.ts';

/** What is true of the attempts in a stretch of time, kept up to date as they come and go. */
export type Stretch = {
  enter(attempt: Sighting): void;
  leave(attempt: Sighting): void;
  isTrue(): boolean;
};

/** Attempts of all stretches in which something came true, and the end of the first one. */
export type Fired = { readonly atMs: number; readonly attempts: readonly Sighting[] };

/**
 * Moves a stretch of so many milliseconds along attempts in time order and collects where it is true; only stretches that
 * end on the day count. Null where there is none. O(n).
 */
export function firedIn(
  attempts: readonly Sighting[],
  withinMs: number,
  isToday: (atMs: number) => boolean,
  stretch: Stretch,
): Fired | null {
  const fired: Sighting[] = [];
  let [first, collected] = [0, 0];
  let atMs: number | null = null;
  for (const [place, attempt] of attempts.entries()) {
    for (
      let old = attempts[first];
      old !== undefined && old.toMs <= attempt.toMs - withinMs;
      old = attempts[first]
    ) {
      stretch.leave(old);
      first += 1;
    }
    stretch.enter(attempt);
    if (!isToday(attempt.toMs) || !stretch.isTrue()) continue;
    atMs ??= attempt.toMs;
    for (collected = Math.max(collected, first); collected <= place; collected += 1) {
      const one = attempts[collected];
      if (one !== undefined) fired.push(one);
    }
  }
  return atMs === null ? null : { atMs, attempts: fired };
}

/** For whom any stretch counts, whenever it ends. */
export const anyTime = (): boolean => true;

/** How often each text is present. */
export class Present {
  readonly #counts = new Map<string, number>();

  get size(): number {
    return this.#counts.size;
  }

  /** Answers how often it is present now. */
  add(text: string): number {
    const count = (this.#counts.get(text) ?? 0) + 1;
    this.#counts.set(text, count);
    return count;
  }

  /** Answers how often it still is. */
  remove(text: string): number {
    const count = (this.#counts.get(text) ?? 0) - 1;
    if (count > 0) this.#counts.set(text, count);
    else this.#counts.delete(text);
    return Math.max(count, 0);
  }
}

/** Attempts by a text of theirs, each group in the order of the whole; what has none is left out. */
export function groupedBy(
  attempts: readonly Sighting[],
  textOf: (attempt: Sighting) => string | null,
): ReadonlyMap<string, readonly Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const attempt of attempts) {
    const text = textOf(attempt);
    if (text === null) continue;
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [attempt]);
    else group.push(attempt);
  }
  return groups;
}
