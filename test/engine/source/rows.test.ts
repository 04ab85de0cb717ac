import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  anything,
  epochMs,
  isoMs,
  parseRows,
  sweepEnd,
  textOrNull,
} from '../../../src/engine/source/rows.ts';

const schema = z.object({ id: z.string().min(1), at: anything });

describe('parseRows', () => {
  it('keeps the good rows and names the field of each bad one, without its value', () => {
    const elements = [{ id: 'a' }, { id: 42, token: 'planted-secret' }, null, { id: 'b', more: 1 }];
    const { rows, rejected } = parseRows(elements, schema, ({ id }) => id, 100);
    expect(rows).toEqual(['a', 'b']);
    expect(rejected).toEqual([
      { index: 101, reason: '"id" should be a string' },
      { index: 102, reason: 'the whole of it should be an object' },
    ]);
  });

  it('caps a reason and shows no control characters of a hostile key', () => {
    const deep = z.record(z.string(), z.number());
    const { rejected } = parseRows([{ [`\u202e\n${'x'.repeat(5000)}`]: 'no' }], deep, (row) => row);
    expect(rejected[0]?.reason).toMatch(/^"\?\?x+" should be a number$/);
    expect(rejected[0]?.reason.length).toBeLessThanOrEqual(200);
  });
});

describe('sweepEnd', () => {
  it('is complete only when every row was understood: a row of another shape is no absence', () => {
    expect(sweepEnd([])).toEqual({ complete: true });
    const end = sweepEnd([{ index: 4, reason: '"id" should be a string' }]);
    expect(end).toMatchObject({ complete: false, problem: { code: 'bad-answer' } });
    expect(end.complete ? '' : end.problem.message).toContain('row 5: "id" should be a string');
  });
});

describe('textOrNull', () => {
  it('takes empty, "Unknown" and what is no text as missing', () => {
    for (const value of ['', '  ', 'Unknown', 'unknown', 42, null, undefined, {}]) {
      expect(textOrNull(value, 10)).toBeNull();
    }
  });

  it('trims, cuts, and never cuts a character in half', () => {
    expect(textOrNull('  Chrome ', 10)).toBe('Chrome');
    expect(textOrNull('x'.repeat(5000), 1024)).toHaveLength(1024);
    expect(textOrNull('abc😀', 4)).toBe('abc\ufffd');
  });
});

describe('times', () => {
  it('are read with and without milliseconds and with an offset', () => {
    expect(isoMs('2026-03-01T10:00:00Z')).toBe(Date.UTC(2026, 2, 1, 10));
    expect(isoMs('2026-03-01T10:00:00.123Z')).toBe(Date.UTC(2026, 2, 1, 10, 0, 0, 123));
    expect(isoMs('2026-03-01T12:00:00+02:00')).toBe(Date.UTC(2026, 2, 1, 10));
    expect(epochMs(1_796_397_535_467)).toBe(1_796_397_535_467);
  });

  it('are unknown, never 0 or now, when missing, invalid, without a zone, zero, or in seconds', () => {
    for (const value of [
      undefined,
      null,
      '',
      'yesterday',
      '2026-03-01',
      '2026-03-01T10:00:00',
      '2026-13-01T10:00:00Z',
    ]) {
      expect(isoMs(value)).toBeNull();
    }
    expect(isoMs('1970-01-01T00:00:00Z')).toBeNull();
    expect(isoMs('0001-01-01T00:00:00Z')).toBeNull();
    for (const value of [0, NaN, Infinity, 1_796_397_535, '1796397535467', 253_402_300_800_000, 1e300])
      expect(epochMs(value)).toBeNull();
  });
});
