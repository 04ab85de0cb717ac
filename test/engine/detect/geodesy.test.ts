import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EARTH_RADIUS_KM,
  haversineKm,
  isPoint,
  isWithinKm,
  type Point,
} from '../../../src/engine/detect/geodesy.ts';

describe('the distance of two points', () => {
  it.each([
    ['the same point', { lat: 52.52, lon: 13.405 }, { lat: 52.52, lon: 13.405 }, 0],
    ['Paris and London', { lat: 48.8566, lon: 2.3522 }, { lat: 51.5074, lon: -0.1278 }, 343.6],
    ['two sides of the antimeridian', { lat: 0, lon: 179.5 }, { lat: 0, lon: -179.5 }, 111.2],
    ['the poles', { lat: 90, lon: 0 }, { lat: -90, lon: 77 }, Math.PI * EARTH_RADIUS_KM],
    ['antipodes', { lat: 12, lon: 34 }, { lat: -12, lon: -146 }, Math.PI * EARTH_RADIUS_KM],
  ])('is right for %s', (_, a, b, expected) => {
    expect(haversineKm(a, b)).toBeCloseTo(expected, 0);
    expect(haversineKm(b, a)).toBe(haversineKm(a, b));
  });
});

describe('a point', () => {
  it.each([
    [52, 13, true],
    [-90, 180, true],
    [0, 0, false],
    [91, 0, false],
    [0, -181, false],
    [Number.NaN, 5, false],
    [Infinity, 5, false],
  ])('%d, %d is on Earth: %s', (lat, lon, expected) => {
    expect(isPoint(lat, lon)).toBe(expected);
  });
});

describe('the quick look at a distance', () => {
  const degrees = (most: number) =>
    fc.oneof(fc.double({ min: -most, max: most, noNaN: true }), fc.constantFrom(-most, most, most - 0.01));
  const point: fc.Arbitrary<Point> = fc.record({ lat: degrees(90), lon: degrees(180) });

  it('never calls near what is not', () => {
    fc.assert(
      fc.property(point, point, fc.integer({ min: 1, max: 25_000 }), (a, b, km) => {
        if (isWithinKm(a, b, km)) expect(haversineKm(a, b)).toBeLessThan(km);
      }),
      { numRuns: 1000 },
    );
  });

  it('sees that neighbours are near, across the antimeridian too', () => {
    expect(isWithinKm({ lat: 52.52, lon: 13.405 }, { lat: 52.4, lon: 13.06 }, 300)).toBe(true);
    expect(isWithinKm({ lat: 0, lon: 179.5 }, { lat: 0, lon: -179.5 }, 300)).toBe(true);
    expect(isWithinKm({ lat: 52.52, lon: 13.405 }, { lat: 48.857, lon: 2.352 }, 300)).toBe(false);
  });
});
