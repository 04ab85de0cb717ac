import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EARTH_RADIUS_KM } from '../../../src/engine/detect/geodesy.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import {
  certaintyCap,
  distanceSurprise,
  farJourney,
  lineOf,
  surprisingJourney,
  type Line,
  type Stop,
} from '../../../src/engine/detect/travel.ts';

const HOUR_MS = 3_600_000;
const sigmaOf = (a: number, b: number) => Math.hypot(a, b) / 1.4891;

function stop(distanceKm: number, radiusKm: number, line: Line = 'unknown'): Stop {
  const lon = (distanceKm / EARTH_RADIUS_KM) * (180 / Math.PI);
  const sigmaKm = radiusKm / 1.4891;
  return { line, spread: { lat: 0, lon, level: 'city', radiusKm, sigmaKm, radiusFrom: 'record' } };
}

function journey(
  distanceKm: number,
  radii: [number, number],
  gapMs: number,
  lines: [Line, Line] = ['unknown', 'unknown'],
) {
  const [from, to] = [stop(0, radii[0], lines[0]), stop(distanceKm, radii[1], lines[1])];
  const far = farJourney(from, to, gapMs, defaultSettings);
  return far === null ? null : surprisingJourney(from, to, far, defaultSettings);
}

// The table of detections 3.3.
const table: [number, [number, number], number, number, number, number][] = [
  [0, [1000, 1000], 0, 949.73, 100, 0],
  [350, [500, 500], 0, 474.87, 100, 0.2333],
  [700, [100, 100], 15, 94.97, 350, 0.9998],
  [900, [200, 50], 30, 138.45, 600, 0.9809],
  [1500, [50, 50], 78, 47.49, 1400, 0.9817],
  [1500, [50, 50], 87, 47.49, 1550, 0.1426],
  [8000, [100, 1000], 7 * 60, 674.91, 7100, 0.9012],
];

describe('the surprise of a distance', () => {
  it.each(table)(
    'of %d km with radii %j after %d minutes is as computed',
    (d, radii, minutes, sigma, reach, expected) => {
      expect(sigmaOf(...radii)).toBeCloseTo(sigma, 1);
      expect(100 + (1000 * minutes) / 60).toBeCloseTo(reach, 6);
      expect(distanceSurprise(d, sigmaOf(...radii), reach)).toBeCloseTo(expected, 3);
    },
  );

  it('is all or nothing where both places are exact', () => {
    expect(distanceSurprise(501, 0, 500)).toBe(1);
    expect(distanceSurprise(500, 0, 500)).toBe(0);
  });

  it('is within 0.03 of the normal approximation once the reach is twice the deviation', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 60, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (reach, z) => {
          const distance = Math.max(0, Math.sqrt(reach * reach + 1) + z);
          expect(
            Math.abs(distanceSurprise(distance, 1, reach) - phi(distance - Math.sqrt(reach * reach + 1))),
          ).toBeLessThan(0.03);
        },
      ),
    );
  });

  it('stays below one half up to the reach, which is why the rule may stop there', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 300, noNaN: true }), (reach) => {
        expect(distanceSurprise(reach, 1, reach)).toBeLessThan(0.5001);
      }),
    );
  });
});

describe('an impossible journey', () => {
  it('is one exactly where the table says 95 % or more', () => {
    const fired = table.map(([d, radii, minutes]) => journey(d, radii, minutes * 60_000) !== null);
    expect(fired).toEqual([false, false, true, true, true, false, false]);
  });

  it('says all the numbers it rests on', () => {
    const result = journey(900, [200, 50], HOUR_MS / 2);
    expect(result?.distanceKm).toBeCloseTo(900, 6);
    expect(result?.sigmaKm).toBeCloseTo(138.45, 1);
    expect(result).toMatchObject({ reachKm: 600, gapMs: HOUR_MS / 2 });
    expect(result?.uncapped).toBeCloseTo(0.9809, 3);
    expect(result?.cap).toBeCloseTo(0.9604, 4);
    expect(result?.probability).toBeCloseTo(0.9604, 4);
    expect(result?.fastestMs).toBeCloseTo(0.8 * HOUR_MS, 0);
  });

  it('counts a late event like an early one', () => {
    expect(journey(5000, [50, 50], -HOUR_MS)).toEqual(journey(5000, [50, 50], HOUR_MS));
  });

  it('needs no special case for equal times', () => {
    expect(journey(5000, [50, 50], 0)).toMatchObject({ reachKm: 100 });
  });

  it('never is one below 300 km', () => {
    expect(journey(299, [1, 1], 0)).toBeNull();
    expect(journey(301, [1, 1], 0)).not.toBeNull();
  });

  it('keeps honest travellers out at the promised rate', () => {
    const random = mulberry32(7);
    let fired = 0;
    const rounds = 4000;
    for (let round = 0; round < rounds; round += 1) {
      const radii: [number, number] = [20 + 500 * random(), 20 + 500 * random()];
      const hours = 10 * random();
      const [trueKm, sigma] = [100 + 1000 * hours, sigmaOf(...radii)];
      const seenKm = Math.hypot(trueKm + sigma * gauss(random), sigma * gauss(random));
      if (journey(seenKm, radii, hours * HOUR_MS) !== null) fired += 1;
    }
    expect(fired / rounds).toBeLessThan(0.06);
  });
});

describe('the cap of two lines', () => {
  it('lets two unknown lines fire and a cellular one never', () => {
    expect(certaintyCap('unknown', 'unknown', defaultSettings)).toBeGreaterThanOrEqual(0.95);
    expect(certaintyCap('fixed', 'fixed', defaultSettings)).toBeCloseTo(0.9801, 6);
    for (const other of ['fixed', 'unknown', 'cellular'] as const) {
      expect(certaintyCap('cellular', other, defaultSettings)).toBeLessThan(0.95);
      expect(journey(15_000, [1, 1], 0, ['cellular', other])).toBeNull();
      expect(journey(15_000, [1, 1], 0, [other, 'cellular'])).toBeNull();
    }
  });

  it('takes the line from the network alone', () => {
    expect(lineOf(null)).toBe('unknown');
    expect(lineOf({ asn: 1, org: null, kinds: [] })).toBe('unknown');
    expect(lineOf({ asn: 1, org: null, kinds: ['fixed'] })).toBe('fixed');
    expect(lineOf({ asn: 1, org: null, kinds: ['fixed', 'cellular'] })).toBe('cellular');
  });
});

function phi(z: number): number {
  let sum = 0;
  const steps = 4000;
  const dx = (z + 10) / steps;
  for (let i = 0; i < steps; i += 1) sum += Math.exp(-((-10 + (i + 0.5) * dx) ** 2) / 2) * dx;
  return sum / Math.sqrt(2 * Math.PI);
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
