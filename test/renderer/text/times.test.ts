import { describe, expect, it } from 'vitest';
import { duration, relative, utcTime } from '../../../src/renderer/text/times.ts';

const now = Date.parse('2026-11-21T06:00:00.000Z');
const before = (ms: number) => new Date(now - ms).toISOString();
const MINUTE = 60_000;

describe('times in words', () => {
  it.each([
    [10_000, 'just now'],
    [-10_000, 'in a moment'],
    [18 * MINUTE, '18 min ago'],
    [47 * 60 * MINUTE, '47 h ago'],
    [-14 * 24 * 60 * MINUTE, 'in 14 d'],
    [400 * 24 * 60 * MINUTE, '13 months ago'],
  ])('says how long ago %d ms are', (ms, words) => {
    expect(relative(before(ms), now)).toBe(words);
  });

  it('gives lengths in their two largest units', () => {
    expect(duration(45_000)).toBe('45 s');
    expect(duration(78 * MINUTE)).toBe('1 h 18 min');
    expect(duration(50 * 60 * MINUTE)).toBe('2 d 2 h');
  });

  it('shows UTC as UTC', () => {
    expect(utcTime('2026-11-21T05:51:00.000Z')).toBe('2026-11-21 05:51:00 UTC');
  });
});
