import { codeOf, sessionStates } from '../query/codes.ts';
import type { Db } from './database.ts';
import type { OpenSweep } from './open-sweep.ts';

const ENDED = codeOf(sessionStates, 'ended');

type Seen = { readonly all: NumberSet; readonly fresh: NumberSet };
type Added = { readonly sweep: number; readonly session: number };

/**
 * Which sessions the sweeps under way have listed, and which of them were never stored before: two bits each, in memory. It ends with
 * the connection: a sweep that was cut off has nothing to say about absence.
 */
export class SeenSessions {
  readonly #sweeps = new Map<number, Seen>();
  #added: Added[] = [];

  begin(sweep: number): void {
    this.#sweeps.set(sweep, { all: new NumberSet(), fresh: new NumberSet() });
  }

  /** Answers whether it was not yet seen in this sweep. To be kept, or taken back, with what is written. */
  add(sweep: number, session: number, isNew: boolean): boolean {
    const seen = this.#of(sweep);
    if (!seen.all.add(session)) return false;
    if (isNew) seen.fresh.add(session);
    this.#added.push({ sweep, session });
    return true;
  }

  has(sweep: number, session: number): boolean {
    return this.#of(sweep).all.has(session);
  }

  /** Seen, and never stored before. */
  isNew(sweep: number, session: number): boolean {
    return this.#of(sweep).fresh.has(session);
  }

  /** In the order of their numbers. */
  all(sweep: number): Iterable<number> {
    return this.#of(sweep).all;
  }

  end(sweep: number): void {
    this.#sweeps.delete(sweep);
  }

  /** What was added is stored. */
  keep(): void {
    this.#added = [];
  }

  /** What was added since it was last kept is not stored after all. */
  takeBack(): void {
    for (const { sweep, session } of this.#added) {
      const seen = this.#sweeps.get(sweep);
      seen?.all.delete(session);
      seen?.fresh.delete(session);
    }
    this.#added = [];
  }

  /** Nothing is known of a sweep that is over; to take that for nothing seen would end sessions that are alive. */
  #of(sweep: number): Seen {
    const seen = this.#sweeps.get(sweep);
    if (seen === undefined) throw new Error(`sweep ${sweep} is not under way`);
    return seen;
  }
}

/** What the sweep's listing knows as alive and the sweep has not seen. */
export function unlistedSessions(db: Db, seen: SeenSessions, sweep: OpenSweep): readonly number[] {
  return db
    .prepare<[number, number, number], number>(
      'SELECT id FROM session WHERE source_id = ? AND state < ? AND listing_id = ?',
    )
    .pluck()
    .all(sweep.sourceId, ENDED, sweep.listingId)
    .filter((id) => !seen.has(sweep.id, id));
}

/** Numbers of rows, a bit each: they are dense, because they count up. */
class NumberSet {
  #bits = new Uint8Array(1024);

  add(number: number): boolean {
    const at = number >>> 3;
    const bit = 1 << (number & 7);
    if (at >= this.#bits.length) this.#grow(at);
    const before = this.#bits[at] ?? 0;
    this.#bits[at] = before | bit;
    return (before & bit) === 0;
  }

  has(number: number): boolean {
    return ((this.#bits[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }

  delete(number: number): void {
    const at = number >>> 3;
    if (at < this.#bits.length) this.#bits[at] = (this.#bits[at] ?? 0) & ~(1 << (number & 7));
  }

  *[Symbol.iterator](): Generator<number> {
    for (const [at, bits] of this.#bits.entries()) {
      for (let bit = 0; bits >> bit > 0; bit += 1) if ((bits >> bit) & 1) yield at * 8 + bit;
    }
  }

  #grow(at: number): void {
    const bits = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
    bits.set(this.#bits);
    this.#bits = bits;
  }
}
