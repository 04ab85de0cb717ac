import type { Sighting } from './facts.ts';

/** When one value was last seen in an attack, and the sighting it is told by. */
type Attack = { readonly lastMs: number; readonly told: Pick<Sighting, 'toMs' | 'sessionKey'> };

/** So many newcomers are listed, the latest: more would make each new value dearer the more there are. */
const LISTED = 40;

/**
 * Tells which values appear anew in a run of sightings that are in time order. What an analyst called an attack teaches
 * nothing: an attacker who comes back is new again, and so is the person who really travels there later. Each sighting costs
 * the same; memory grows with the number of values, not of sightings.
 */
export class Appearances {
  readonly #taughtMs = new Map<string, number>();
  readonly #attacks = new Map<string, Attack>();
  /** Values in the order in which they came, a value again after it was away. */
  #newcomers: string[] = [];
  /** The value seen last, and the last other one before it. */
  #last: string | null = null;
  #lastOther: string | null = null;

  /** When the value was last seen, attacks apart; null: never. */
  lastSeenMs(value: string): number | null {
    return this.#taughtMs.get(value) ?? null;
  }

  /**
   * Notes that a value is seen, and answers whether it was not in the `unseenMs` milliseconds before. A value, a moment and a
   * session are new together at most once, so that they make a key.
   */
  isNew(value: string, { toMs, sessionKey, isQuarantined }: Sighting, unseenMs: number): boolean {
    const isUnknown = (this.#taughtMs.get(value) ?? -Infinity) < toMs - unseenMs;
    const attack = this.#attacks.get(value);
    if (isQuarantined === true) {
      const isSame = attack !== undefined && attack.lastMs >= toMs - unseenMs;
      const told = isSame ? attack.told : { toMs, sessionKey };
      this.#attacks.set(value, { lastMs: toMs, told });
      return isUnknown && !isSame;
    }
    this.#taughtMs.set(value, toMs);
    if (isUnknown) this.#newcomers.push(value);
    if (this.#newcomers.length > 2 * LISTED) this.#newcomers = this.#newcomers.slice(-LISTED);
    if (this.#last !== value) {
      this.#lastOther = this.#last;
      this.#last = value;
    }
    return isUnknown && !(attack?.told.toMs === toMs && attack.told.sessionKey === sessionKey);
  }

  /**
   * Other values seen since a moment, attacks apart, sorted: of those that came last, and the one seen last. Empty only where
   * there is none.
   */
  othersThan(value: string, sinceMs: number): readonly string[] {
    const latest = this.#last === value ? this.#lastOther : this.#last;
    const known = latest === null ? [] : [...this.#newcomers.slice(-LISTED), latest];
    const others = known.filter(
      (other) => other !== value && (this.#taughtMs.get(other) ?? -Infinity) >= sinceMs,
    );
    return [...new Set(others)].sort();
  }
}
