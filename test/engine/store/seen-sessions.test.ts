import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeenSessions } from '../../../src/engine/store/seen-sessions.ts';

describe('seen sessions', () => {
  it('are what a set would hold, each counted once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40_000), fc.boolean())), (listed) => {
        const seen = new SeenSessions();
        seen.begin(1);
        const expected = new Map<number, boolean>();
        for (const [id, isNew] of listed) {
          expect(seen.add(1, id, isNew)).toBe(!expected.has(id));
          if (!expected.has(id)) expected.set(id, isNew);
        }
        expect(seen.all(1)).toEqual([...expected.keys()].sort((a, b) => a - b));
        for (const [id, isNew] of expected)
          expect([seen.has(1, id), seen.isNew(1, id)]).toEqual([true, isNew]);
        expect(seen.has(1, 40_001)).toBe(false);
      }),
    );
  });

  it('are known sweep by sweep', () => {
    const seen = new SeenSessions();
    seen.begin(1);
    seen.begin(2);
    seen.add(1, 7, true);
    expect([seen.has(1, 7), seen.has(2, 7)]).toEqual([true, false]);
  });

  it('are not seen when they could not be stored, and stay so when they were', () => {
    const seen = new SeenSessions();
    seen.begin(1);
    seen.add(1, 7, true);
    seen.keep();
    seen.add(1, 7, false);
    seen.add(1, 8, true);
    seen.takeBack();
    expect(seen.all(1)).toEqual([7]);
    expect(seen.isNew(1, 8)).toBe(false);
  });

  it('says of a sweep that is over nothing, which is not that nothing was seen', () => {
    const seen = new SeenSessions();
    seen.begin(1);
    seen.add(1, 7, true);
    seen.end(1);
    seen.takeBack();
    expect(() => seen.has(1, 7)).toThrow('not under way');
    expect(() => seen.all(1)).toThrow('not under way');
  });
});
