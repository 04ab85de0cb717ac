import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WholeNumbers, writeWhole } from '../../../src/engine/store/whole-numbers.ts';

const LARGEST = 2 ** 52;

describe('whole numbers as bytes', () => {
  it('are read as they were written, one after the other', () => {
    const whole = fc.oneof(
      fc.integer({ min: -300, max: 300 }),
      fc.maxSafeInteger().map((value) => value / 2 - ((value / 2) % 1)),
      fc.constantFrom(LARGEST, -LARGEST),
    );
    fc.assert(
      fc.property(fc.array(whole), (values) => {
        const bytes = [7];
        for (const value of values) writeWhole(bytes, value);
        const numbers = new WholeNumbers(Uint8Array.from(bytes), 1);
        const read = values.map(() => numbers.next());
        expect(read.map(String)).toEqual(values.map(String));
        expect(numbers.at).toBe(bytes.length);
      }),
    );
  });

  it('take a byte for what is near zero, and end where the bytes do', () => {
    const bytes: number[] = [];
    for (const value of [0, 63, -64]) writeWhole(bytes, value);
    expect(bytes).toEqual([0, 126, 127]);
    expect(new WholeNumbers(Uint8Array.of(0x80), 0).next()).toBe(0);
  });
});
