import { codeOf, sessionStates } from '../query/codes.ts';
import type { Db } from './database.ts';
import type { OpenSweep } from './open-sweep.ts';
import { ChangingRowSet } from './row-set.ts';

const ENDED = codeOf(sessionStates, 'ended');

type Seen = { readonly all: ChangingRowSet; readonly fresh: ChangingRowSet };
type Added = { readonly sweep: number; readonly session: number };

/**
 * Which sessions the sweeps under way have listed, and which of them were never stored before: two bits each, in memory. It ends with
 * the connection: a sweep that was cut off has nothing to say about absence.
 */
export class SeenSessions {
  readonly #sweeps = new Map<number, Seen>();
  #added: Added[] = [];

  begin(sweep: number): void {
    this.#sweeps.set(sweep, { all: new ChangingRowSet(), fresh: new ChangingRowSet() });
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
  all(sweep: number): readonly number[] {
    return this.#of(sweep).all.ids();
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
