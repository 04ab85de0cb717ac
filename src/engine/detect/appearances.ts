import type { Sighting } from './facts.ts';

/**
 * Tells which values appear anew in a run of sightings that are in time order. What an analyst called an attack teaches
 * nothing: an attacker who comes back is new again, and so is the person who really travels there later. Memory grows with
 * the number of values, not of sightings.
 */
export class Appearances {
  readonly #taughtMs = new Map<string, number>();
  readonly #attackedMs = new Map<string, number>();

  /** When the value was last seen, attacks apart; null: never. */
  lastSeenMs(value: string): number | null {
    return this.#taughtMs.get(value) ?? null;
  }

  /** Notes that a value is seen, and answers whether it was not in the `unseenMs` milliseconds before. */
  isNew(value: string, { toMs, isQuarantined }: Sighting, unseenMs: number): boolean {
    const sinceMs = toMs - unseenMs;
    const isTaught = (this.#taughtMs.get(value) ?? -Infinity) >= sinceMs;
    const isSameAttack = isQuarantined === true && (this.#attackedMs.get(value) ?? -Infinity) >= sinceMs;
    (isQuarantined === true ? this.#attackedMs : this.#taughtMs).set(value, toMs);
    return !isTaught && !isSameAttack;
  }

  /** Values seen since a moment, attacks apart; sorted. */
  seenSince(sinceMs: number): readonly string[] {
    return [...this.#taughtMs]
      .filter(([, seenMs]) => seenMs >= sinceMs)
      .map(([value]) => value)
      .sort();
  }
}
