import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowSet } from '../../../src/engine/store/row-set.ts';

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 300 }));
const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);

describe('a set of rows', () => {
  it('has what it was made of, in order, and counts it', () => {
    fc.assert(
      fc.property(ids, (numbers) => {
        const rows = RowSet.of(numbers);
        expect(rows.ids()).toEqual(sorted(numbers));
        expect(rows.size).toBe(numbers.length);
        expect(rows.and(RowSet.upTo(Math.max(0, ...numbers))).ids()).toEqual(rows.ids());
        expect(Array.from({ length: 400 }, (_, id) => id).filter((id) => rows.has(id))).toEqual(
          sorted(numbers),
        );
      }),
    );
  });

  it('meets, joins and leaves another', () => {
    fc.assert(
      fc.property(ids, ids, (some, others) => {
        const b = new Set(others);
        expect(RowSet.of(some).and(RowSet.of(others)).ids()).toEqual(sorted(some.filter((id) => b.has(id))));
        expect(RowSet.of(some).without(RowSet.of(others)).ids()).toEqual(
          sorted(some.filter((id) => !b.has(id))),
        );
        expect(RowSet.of(some).or(RowSet.of(others)).ids()).toEqual(sorted(new Set([...some, ...others])));
      }),
    );
  });
});
