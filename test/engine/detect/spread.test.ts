import { describe, expect, it } from 'vitest';
import type { Place } from '../../../src/engine/whereabouts.ts';
import { countryRadii } from '../../../src/engine/detect/country-radii.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { isContradictory, spreadOf } from '../../../src/engine/detect/spread.ts';

const nowhere: Place = { country: null, region: null, city: null, lat: null, lon: null, accuracyKm: null };
const inBerlin = { ...nowhere, country: 'DE', lat: 52.52, lon: 13.405 };
const spread = (place: Place, ipVersion: 4 | 6 = 4) => spreadOf(place, ipVersion, defaultSettings);

describe('how sure a record is', () => {
  it('takes a stated radius as the circle that holds 67 %', () => {
    const result = spread({ ...inBerlin, city: 'Berlin', accuracyKm: 100 });
    expect(result).toMatchObject({ level: 'city', radiusKm: 100, radiusFrom: 'record' });
    expect(result?.sigmaKm).toBeCloseTo(100 / 1.4891, 6);
    expect(1 - Math.exp(-(100 ** 2) / (2 * (result?.sigmaKm ?? 0) ** 2))).toBeCloseTo(0.67, 3);
  });

  it.each([
    ['city', 4, 50],
    ['city', 6, 150],
    ['region', 4, 200],
    ['region', 6, 200],
  ] as const)('assumes a radius for a %s of IPv%d that states none', (level, ipVersion, radiusKm) => {
    expect(spread({ ...inBerlin, [level]: 'Berlin' }, ipVersion)).toMatchObject({
      level,
      radiusKm,
      radiusFrom: 'assumed',
    });
  });

  it.each([-1, Number.NaN, Infinity])('does not believe a radius of %d', (accuracyKm) => {
    expect(spread({ ...inBerlin, city: 'Berlin', accuracyKm })).toMatchObject({ radiusKm: 50 });
  });

  it('lets the level decide where a country record states the middle and 100 km', () => {
    const radiusKm = countryRadii.DE?.radiusKm ?? 0;
    expect(spread({ ...inBerlin, accuracyKm: 100 })).toMatchObject({
      level: 'country',
      radiusKm,
      sigmaKm: radiusKm / 2,
      radiusFrom: 'border',
    });
  });

  it('uses the middle of the country where there are no coordinates, or impossible ones', () => {
    const { lat, lon } = countryRadii.DE ?? {};
    expect(spread({ ...nowhere, country: 'DE', city: 'Berlin' })).toMatchObject({
      level: 'country',
      lat,
      lon,
    });
    expect(spread({ ...inBerlin, city: 'Berlin', lat: 0, lon: 0 })).toMatchObject({
      level: 'country',
      lat,
      lon,
    });
    expect(spread({ ...inBerlin, city: 'Berlin', lat: 400 })).toMatchObject({ level: 'country', lat, lon });
  });

  it('assumes a radius for a territory too small to be drawn', () => {
    expect(spread({ ...nowhere, country: 'GI', lat: 36.14, lon: -5.35 })).toMatchObject({ radiusKm: 500 });
  });

  it('is null where nothing is named', () => {
    expect(spread(nowhere)).toBeNull();
    expect(spread({ ...nowhere, city: 'Springfield' })).toBeNull();
    expect(spread({ ...nowhere, country: 'constructor' })).toBeNull();
  });

  it('takes bare coordinates for a city', () => {
    expect(spread({ ...nowhere, lat: 52.52, lon: 13.405 })).toMatchObject({ level: 'city' });
  });
});

describe('a contradictory record', () => {
  it('names a country far from its coordinates', () => {
    expect(isContradictory({ ...inBerlin, country: 'JP' }, defaultSettings)).toBe(true);
    expect(isContradictory(inBerlin, defaultSettings)).toBe(false);
    expect(isContradictory({ ...inBerlin, country: null }, defaultSettings)).toBe(false);
  });
});

describe('the circles of the countries', () => {
  it.each([
    ['LU', 30, 60],
    ['DE', 400, 520],
    ['FR', 600, 900],
    ['FJ', 200, 700],
    ['US', 5000, 6500],
    ['RU', 3500, 4600],
  ])('%s reaches from its middle to its farthest border', (code, atLeast, atMost) => {
    expect(countryRadii[code]?.radiusKm).toBeGreaterThan(atLeast);
    expect(countryRadii[code]?.radiusKm).toBeLessThan(atMost);
  });

  it('are not thrown off by the antimeridian', () => {
    expect(Math.abs(countryRadii.FJ?.lon ?? 0)).toBeGreaterThan(176);
    expect(countryRadii.RU?.lon).toBeGreaterThan(80);
  });

  it('keep parts with a code of their own apart', () => {
    expect(Object.keys(countryRadii)).toEqual(
      expect.arrayContaining(['GF', 'GP', 'MQ', 'RE', 'YT', 'SJ', 'BQ', 'XK']),
    );
    expect(Object.keys(countryRadii).every((code) => /^[A-Z]{2}$/.test(code))).toBe(true);
  });
});
