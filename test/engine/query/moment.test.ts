import { describe, expect, it } from 'vitest';
import { timeRange } from '../../../src/engine/query/moment.ts';
import type { Comparison } from '../../../src/engine/query/query.ts';
import { NOON_MS } from '../../support/records.ts';

/** `[from, until)` in ISO, `-` where there is no bound. */
function range(typed: string, direction: 'ago' | 'ahead' = 'ago'): string {
  const [, comparison = '', text = ''] = /^([<>]=?)?(.*)$/.exec(typed) ?? [];
  const found = timeRange(text, comparison === '' ? null : (comparison as Comparison), NOON_MS, direction);
  if (found === null) return 'no time';
  const iso = (bound: { value: number } | null) =>
    bound === null ? '-' : new Date(bound.value).toISOString().replace('.000Z', 'Z');
  return `${iso(found.min)} ${iso(found.max)}`;
}

describe('a time in a query', () => {
  it.each([
    ['2026', '2026-01-01T00:00:00Z 2027-01-01T00:00:00Z'],
    ['2026-11', '2026-11-01T00:00:00Z 2026-12-01T00:00:00Z'],
    ['2026-12', '2026-12-01T00:00:00Z 2027-01-01T00:00:00Z'],
    ['2026-11-01', '2026-11-01T00:00:00Z 2026-11-02T00:00:00Z'],
    ['2026-11-01T08', '2026-11-01T08:00:00Z 2026-11-01T09:00:00Z'],
    ['2026-11-01T08:30', '2026-11-01T08:30:00Z 2026-11-01T08:31:00Z'],
    ['2026-11-01T08:30:05Z', '2026-11-01T08:30:05Z 2026-11-01T08:30:06Z'],
    ['2026-11-01T08:30+01:00', '2026-11-01T07:30:00Z 2026-11-01T07:31:00Z'],
    ['today', '2026-11-20T00:00:00Z 2026-11-21T00:00:00Z'],
    ['yesterday', '2026-11-19T00:00:00Z 2026-11-20T00:00:00Z'],
    ['2026-02-29', 'no time'],
    ['2026-13', 'no time'],
    ['24', 'no time'],
    ['1234567d', 'no time'],
    ['a..b', 'no time'],
  ])('%s is as long as it is written', (typed, expected) => {
    expect(range(typed)).toBe(expected);
  });

  it.each([
    ['>2026-11-01', '2026-11-02T00:00:00Z -'],
    ['>=2026-11-01', '2026-11-01T00:00:00Z -'],
    ['<2026-11-01', '- 2026-11-01T00:00:00Z'],
    ['<=2026-11-01', '- 2026-11-02T00:00:00Z'],
    ['2026-11-01..2026-11-03', '2026-11-01T00:00:00Z 2026-11-04T00:00:00Z'],
  ])('%s is before, after or between whole dates', (typed, expected) => {
    expect(range(typed)).toBe(expected);
  });

  it.each([
    ['<24h', '2026-11-19T12:00:00.001Z -'],
    ['<=24h', '2026-11-19T12:00:00Z -'],
    ['>30d', '- 2026-10-21T12:00:00Z'],
    ['30m', '2026-11-20T11:30:00Z -'],
    ['1d..2d', '2026-11-18T12:00:00Z 2026-11-19T12:00:00.001Z'],
  ])('%s is an age', (typed, expected) => {
    expect(range(typed)).toBe(expected);
  });

  it.each([
    ['<7d', '- 2026-11-27T12:00:00Z'],
    ['>7d', '2026-11-27T12:00:00.001Z -'],
    ['7d', '2026-11-20T12:00:00Z 2026-11-27T12:00:00.001Z'],
  ])('%s is what is left of a time ahead', (typed, expected) => {
    expect(range(typed, 'ahead')).toBe(expected);
  });
});
