import { describe, expect, it } from 'vitest';
import { chanceOf } from './chance.ts';
import { citiesOf } from './cities.ts';
import { distanceKm } from './globe.ts';
import { placeRecord } from './place-record.ts';

const [berlin] = citiesOf('DE');
if (berlin === undefined) throw new Error('The table has lost Berlin.');

const records = (error: 'fixed' | 'cellular', style: 'with-radius' | 'without-radius') =>
  Array.from({ length: 4000 }, (_, at) =>
    placeRecord(berlin, 'DE', { error, version: 4, style }, chanceOf(`record ${at}`)),
  );

const errorKm = ({ lat, lon }: { lat: number | null; lon: number | null }) =>
  distanceKm(berlin, { lat: lat ?? 0, lon: lon ?? 0 });

describe('a made-up record of a place', () => {
  it('lies within its radius in two cases of three', () => {
    const cities = records('fixed', 'with-radius').filter(
      ({ city, country }) => city !== null && country === 'DE',
    );
    const within = cities.filter((record) => errorKm(record) <= (record.accuracyKm ?? 0));

    // Outliers and what would have come out abroad take away and add a little.
    expect(within.length / cities.length).toBeGreaterThan(0.64);
    expect(within.length / cities.length).toBeLessThan(0.72);
  });

  it('is of another place now and then, of a carrier more often', () => {
    const far = (error: 'fixed' | 'cellular') =>
      records(error, 'with-radius').filter((record) => errorKm(record) > 3 * (record.accuracyKm ?? 0) + 50)
        .length;

    expect(far('cellular')).toBeGreaterThan(5 * far('fixed'));
  });

  it('knows the country alone in one case of twenty', () => {
    const vague = records('fixed', 'with-radius').filter(({ city }) => city === null);

    expect(vague.length / 4000).toBeGreaterThan(0.04);
    expect(vague.length / 4000).toBeLessThan(0.06);
  });

  it('states no radius in the style of DB-IP', () => {
    expect(new Set(records('fixed', 'without-radius').map(({ accuracyKm }) => accuracyKm))).toEqual(
      new Set([null]),
    );
  });

  it('never leaves the country that it names by chance of its radius', () => {
    for (const { country, lat, lon } of records('fixed', 'with-radius')) {
      if (country !== 'DE' || lat === null || lon === null) continue;
      expect(lat).toBeGreaterThan(46);
      expect(lat).toBeLessThan(57);
      expect(lon).toBeGreaterThan(4);
      expect(lon).toBeLessThan(17.5);
    }
  });
});
