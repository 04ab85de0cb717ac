import type { Relation } from '../query/field.ts';
import type { Db } from './database.ts';
import { RowSet } from './row-set.ts';

/** Rows of another table, and how the listed ones are related to them. */
type Related = { readonly relation: Relation; readonly rows: RowSet };

const NO_ROWS = RowSet.of([]);

/** Rows that may pass a filter: listed ones that are known themselves, and whatever is related to one of some others. */
export class Candidates {
  readonly own: RowSet;
  readonly #related: readonly Related[];

  private constructor(own: RowSet, related: readonly Related[]) {
    this.own = own;
    this.#related = related;
  }

  static of(rows: RowSet): Candidates {
    return new Candidates(rows, []);
  }

  static relatedTo(rows: RowSet, relation: Relation): Candidates {
    return new Candidates(NO_ROWS, rows.size === 0 ? [] : [{ relation, rows }]);
  }

  /** Whether the listed rows themselves are known. */
  get isListed(): boolean {
    return this.#related.length === 0;
  }

  /** Rows of other tables that listed ones are related to. */
  get related(): number {
    return this.#related.reduce((sum, { rows }) => sum + rows.size, 0);
  }

  /** Rows of all tables together. */
  get size(): number {
    return this.own.size + this.related;
  }

  or(other: Candidates): Candidates {
    const related = other.#related.reduce(unitedWith, this.#related);
    return new Candidates(this.own.or(other.own), related);
  }

  /** The listed rows themselves in place of those that they are related to. */
  listed(db: Db): Candidates {
    const ids = this.#related.map(({ relation, rows }) =>
      db
        .prepare<[string], number>(relation.listed('SELECT value FROM json_each(?)'))
        .pluck()
        .all(JSON.stringify(rows.ids())),
    );
    return new Candidates(
      ids.reduce((all, each) => all.or(RowSet.of(each)), this.own),
      [],
    );
  }

  /** With others in the place of the listed rows that are known themselves. */
  withOwn(own: RowSet): Candidates {
    return new Candidates(own, this.#related);
  }

  /** Those of some listed rows that are among them, in the same order. */
  among(db: Db, ids: readonly number[]): readonly number[] {
    const passing = new Set<number>();
    for (const { relation, rows } of this.#related) {
      const pairs = db
        .prepare<[string], readonly [listed: number, related: number]>(
          relation.pairs('SELECT value FROM json_each(?)'),
        )
        .raw()
        .all(JSON.stringify(ids));
      for (const [listed, related] of pairs) if (rows.has(related)) passing.add(listed);
    }
    return ids.filter((id) => this.own.has(id) || passing.has(id));
  }
}

function unitedWith(all: readonly Related[], { relation, rows }: Related): readonly Related[] {
  const same = all.find((each) => each.relation === relation);
  if (same === undefined) return [...all, { relation, rows }];
  return all.map((each) => (each === same ? { relation, rows: same.rows.or(rows) } : each));
}

/** A listed row is one number, but may be related to many: only sets of listed rows have an intersection. */
export function intersected(all: readonly Candidates[]): readonly Candidates[] {
  const own = all.filter(({ isListed }) => isListed).map((each) => each.own);
  const related = all.filter(({ isListed }) => !isListed);
  if (own.length === 0) return related;
  return [Candidates.of(own.reduce((rows, other) => rows.and(other))), ...related];
}
