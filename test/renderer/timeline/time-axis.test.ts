import { describe, expect, it } from 'vitest';
import { moved, ticks, xAt, zoomed } from '../../../src/renderer/timeline/time-axis.ts';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(`${text}:00.000Z`);
const day = { fromMs: at('2026-11-20T22:30'), toMs: at('2026-11-21T22:30'), width: 960 };

describe('the time axis', () => {
  it('puts times where they belong', () => {
    expect(xAt(day, day.fromMs)).toBe(0);
    expect(xAt(day, day.fromMs + 12 * HOUR)).toBe(480);
  });

  it('marks round hours of the analyst’s zone, far enough apart', () => {
    const found = ticks(day, 60);
    expect(found.map(({ label }) => label)).toEqual([
      '2026-11-21',
      '03:00',
      '06:00',
      '09:00',
      '12:00',
      '15:00',
      '18:00',
      '21:00',
    ]);
    expect(found[1]?.atMs).toBe(at('2026-11-21T02:00'));
  });

  it('keeps every label whole and apart from the next, also at the ends of a narrow axis', () => {
    const week = { fromMs: at('2026-11-14T23:01'), toMs: at('2026-11-21T22:59'), width: 360 };
    for (const axis of [week, { ...week, fromMs: at('2026-11-15T00:00') }, { ...day, width: 310 }]) {
      const found = ticks(axis, 60);
      expect(found.length).toBeGreaterThan(1);
      const ends = found.map(({ label, labelX }) => [
        labelX - label.length * 3.1,
        labelX + label.length * 3.1,
      ]);
      expect(ends.at(0)?.[0]).toBeGreaterThanOrEqual(0);
      expect(ends.at(-1)?.[1]).toBeLessThanOrEqual(axis.width);
      for (const [index, [start]] of ends.slice(1).entries())
        expect(start).toBeGreaterThan(ends[index]?.[1] ?? 0);
    }
  });

  it('keeps the time under the pointer where it is while zooming', () => {
    const anchor = day.fromMs + 6 * HOUR;
    const closer = zoomed(day, 0.5, anchor);
    expect(closer.toMs - closer.fromMs).toBe(12 * HOUR);
    expect(xAt({ ...closer, width: 960 }, anchor)).toBeCloseTo(xAt(day, anchor));
  });

  it('moves by a share of what is seen, and never closer than ten minutes', () => {
    expect(moved(day, 0.25).fromMs).toBe(day.fromMs + 6 * HOUR);
    const closest = zoomed({ fromMs: 0, toMs: 15 * 60_000 }, 0.1);
    expect(closest.toMs - closest.fromMs).toBe(10 * 60_000);
  });
});
