import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ObservationClocks,
  repeated,
  type ClockRow,
  type Clocks,
} from '../../../src/engine/store/observation-clocks.ts';

const NOON_MS = Date.parse('2026-11-20T12:00:00.000Z');
const HOUR_MS = 3_600_000;
/** The farthest moment that a date can be. */
const FARTHEST_MS = 8.64e15;

const moment = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -9 * HOUR_MS, max: 9 * HOUR_MS }).map((ms) => NOON_MS + ms) },
  fc.constantFrom(0, -1, FARTHEST_MS, -FARTHEST_MS),
);
const momentOrNone = fc.oneof({ weight: 4, arbitrary: moment }, fc.constant(null));
const clocks: fc.Arbitrary<Clocks> = fc.record({
  at: moment,
  notBefore: momentOrNone,
  lastSeenAt: momentOrNone,
  expiresAt: momentOrNone,
});

/** Stores observations as the store does: with the one before, or in a row of their own. */
function stored(all: readonly Clocks[]): readonly ClockRow[] {
  const rows: ClockRow[] = [];
  for (const next of all) {
    const last = rows.at(-1);
    const repeats = last === undefined ? null : repeated(last, next);
    if (last === undefined || repeats === null) rows.push({ ...next, repeats: null });
    else rows[rows.length - 1] = { ...last, repeats };
  }
  return rows;
}

function read(row: ClockRow): readonly Clocks[] {
  const cursor = new ObservationClocks(row);
  const all: Clocks[] = [];
  do {
    const { at, notBefore, lastSeenAt, expiresAt } = cursor;
    all.push({ at, notBefore, lastSeenAt, expiresAt });
  } while (cursor.next());
  return all;
}

/** What an hourly poll sees of a session in use. */
const hourly = (count: number): readonly Clocks[] =>
  Array.from({ length: count }, (_, hour) => {
    const at = NOON_MS + hour * HOUR_MS;
    return { at, notBefore: at - HOUR_MS, lastSeenAt: at - (hour % 7) * 1_000, expiresAt: NOON_MS };
  });

describe('the clocks of observations', () => {
  it('are read as they were, whatever they say', () => {
    fc.assert(
      fc.property(fc.array(clocks, { maxLength: 60 }), (all) => {
        expect(stored(all).flatMap(read)).toEqual(all);
      }),
    );
  });

  it('take a row and some bytes for each poll after it', () => {
    const [row, ...others] = stored(hourly(50));
    expect(others).toEqual([]);
    expect(row?.repeats?.length).toBeLessThanOrEqual(49 * 6);
  });

  it('begin another row when one is full, which then is a quarter of a page at most', () => {
    const rows = stored(hourly(1_000));
    expect(rows.length).toBeGreaterThan(5);
    expect(Math.max(...rows.map(({ repeats }) => repeats?.length ?? 0))).toBeLessThan(600);
    expect(rows.flatMap(read)).toEqual(hourly(1_000));
  });

  it('end where the bytes do', () => {
    const [row] = stored(hourly(3));
    const [at, repeats] = [NOON_MS, row?.repeats?.subarray(0, -1) ?? null];
    expect(read({ at, notBefore: null, lastSeenAt: null, expiresAt: null, repeats })).toHaveLength(3);
  });
});
