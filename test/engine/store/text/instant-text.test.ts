import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstantText } from '../../../../src/engine/store/text/instant-text.ts';

/** Furthest a Date goes from 1970, in milliseconds. */
const FURTHEST = 8.64e15;

describe('a moment as text', () => {
  it('is what a Date makes of it, before 1970 and beyond four-digit years too', () => {
    const instants = new InstantText();
    const anyMoment = fc.oneof(
      fc.integer({ min: Date.UTC(2026, 10, 19), max: Date.UTC(2026, 10, 21) }),
      fc.integer({ min: -FURTHEST, max: FURTHEST }),
    );
    fc.assert(
      fc.property(anyMoment, (ms) => {
        expect(instants.of(ms)).toBe(new Date(ms).toISOString());
      }),
      { numRuns: 2_000 },
    );
  });

  it('is right at both ends of a day it has met', () => {
    const instants = new InstantText();
    const midnight = Date.UTC(2026, 1, 28);
    for (const ms of [midnight, midnight + 86_399_999, midnight + 86_400_000, midnight - 1]) {
      expect(instants.of(ms)).toBe(new Date(ms).toISOString());
    }
  });

  it('does not exist beyond the calendar', () => {
    expect(() => new InstantText().of(FURTHEST + 86_400_000)).toThrow(RangeError);
  });
});
