import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoInstant } from '../../src/engine/iso-instant.ts';

const FURTHEST_MS = 8_640_000_000_000_000;

it('writes what toISOString writes, before 1970, beyond four digits of a year and of parts of milliseconds', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.integer({ min: -FURTHEST_MS, max: FURTHEST_MS }),
        fc.integer({ min: 0, max: 4_000_000_000_000 }),
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      ),
      (ms) => {
        expect(isoInstant(ms)).toBe(new Date(ms).toISOString());
      },
    ),
    { numRuns: 2_000 },
  );
});

it('refuses what is no date', () => {
  for (const ms of [Number.NaN, Infinity, 2 * FURTHEST_MS]) expect(() => isoInstant(ms)).toThrow(RangeError);
});
