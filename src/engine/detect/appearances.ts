import type { Sighting } from './facts.ts';

/** When one value was last seen in an attack, and the sighting it is told by. */
type Attack = { readonly lastMs: number; readonly told: Pick<Sighting, 'toMs' | 'sessionKey'> };

/** What is known of one value. */
type Known = {
  /** When it was last seen, attacks apart; -Infinity: never. */
  taughtMs: number;
  /** When it last came anew. */
  cameMs: number;
  attack: Attack | null;
};

type LastTwo = readonly [last: string | null, other: string | null];

/** So many newcomers are listed, the latest: more would make each new value dearer the more there are. */
const LISTED = 40;

/**
 * Tells which values appear anew in a run of sightings that are in time order. What an analyst called an attack teaches
 * nothing: an attacker who comes back is new again, and so is the person who really travels there later. Each sighting costs
 * the same; memory grows with the number of values, not of sightings.
 */
export class Appearances {
  readonly #known = new Map<string, Known>();
  /** Values in the order in which they came, a value again after it was away. */
  #newcomers: string[] = [];
  /** The value seen last, and the last other one before it. */
  #last: LastTwo = [null, null];
  /** The same as it was before the moment of the sighting noted last. */
  #lastBefore: LastTwo = [null, null];
  #momentMs = -Infinity;

  /** When the value was last seen, attacks apart; null: never. */
  lastSeenMs(value: string): number | null {
    const { taughtMs = -Infinity } = this.#known.get(value) ?? {};
    return taughtMs === -Infinity ? null : taughtMs;
  }

  /**
   * Notes that a value is seen, and answers whether it was not in the `unseenMs` milliseconds before. A value, a moment and a
   * session are new together at most once, so that they make a key.
   */
  isNew(value: string, { toMs, sessionKey, isQuarantined }: Sighting, unseenMs: number): boolean {
    if (toMs !== this.#momentMs) this.#lastBefore = this.#last;
    this.#momentMs = toMs;
    const known = this.#knownOf(value);
    const { taughtMs, attack } = known;
    const isUnknown = taughtMs < toMs - unseenMs;
    if (isQuarantined === true) {
      const isSame = attack !== null && attack.lastMs >= toMs - unseenMs;
      known.attack = { lastMs: toMs, told: isSame ? attack.told : { toMs, sessionKey } };
      return isUnknown && !isSame;
    }
    known.taughtMs = toMs;
    if (isUnknown) {
      known.cameMs = toMs;
      this.#newcomers.push(value);
    }
    if (this.#newcomers.length > 2 * LISTED) this.#newcomers = this.#newcomers.slice(-LISTED);
    if (this.#last[0] !== value) this.#last = [value, this.#last[0]];
    return isUnknown && !(attack?.told.toMs === toMs && attack.told.sessionKey === sessionKey);
  }

  /**
   * Other values seen since a moment and before that of the sighting noted last, attacks apart, sorted: of those that came last, and
   * the one seen last. Empty only where there is none. What came at the very moment, as much of what one poll saw does, was not before it.
   */
  othersThan(value: string, sinceMs: number): readonly string[] {
    const [last, lastOther] = this.#lastBefore;
    const latest = last === value ? lastOther : last;
    const known = latest === null ? [] : [...this.#newcomers.slice(-LISTED), latest];
    const others = known.filter((other) => other !== value && this.#wasThere(other, sinceMs));
    return [...new Set(others)].sort();
  }

  #wasThere(value: string, sinceMs: number): boolean {
    const { taughtMs = -Infinity, cameMs = Infinity } = this.#known.get(value) ?? {};
    return taughtMs >= sinceMs && cameMs < this.#momentMs;
  }

  #knownOf(value: string): Known {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const unknown: Known = { taughtMs: -Infinity, cameMs: -Infinity, attack: null };
    this.#known.set(value, unknown);
    return unknown;
  }
}
