import { describe, expect, it } from 'vitest';
import { backOffMs } from '../../../src/engine/poll/schedule.ts';

describe('backing off', () => {
  it('doubles with every failure in a row', () => {
    expect([1, 2, 3].map((failures) => backOffMs(60_000, failures, null, 0.5))).toEqual([
      120_000, 240_000, 480_000,
    ]);
  });

  it('is capped at an hour, but never below the usual interval', () => {
    expect(backOffMs(60_000, 40, null, 0.5)).toBe(3_600_000);
    expect(backOffMs(8 * 3_600_000, 3, null, 0.5)).toBe(8 * 3_600_000);
  });

  it('spreads sources that failed together by a tenth either way', () => {
    expect(backOffMs(60_000, 1, null, 0)).toBe(108_000);
    expect(backOffMs(60_000, 1, null, 1)).toBe(132_000);
  });

  it('stays away for as long as the source asked', () => {
    expect(backOffMs(60_000, 1, 86_400_000, 0)).toBe(86_400_000);
  });
});
