import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEverFar } from '../../../src/engine/detect/ever-far.ts';
import { haversineKm } from '../../../src/engine/detect/geodesy.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { createSurvey } from '../../../src/engine/detect/survey.ts';
import type { Place } from '../../../src/engine/whereabouts.ts';
import { aSighting, berlin, munich, paris, potsdam } from '../../support/sighting.ts';

const survey = createSurvey(defaultSettings);
const isFarAmong = (...places: (Place | null)[]) =>
  isEverFar(
    places.map((place) => aSighting({ place })),
    survey,
  );

describe('who was ever far away', () => {
  it('is told from who stays around one place', () => {
    expect(isFarAmong(berlin, null, potsdam, berlin)).toBe(false);
    expect(isFarAmong(null, null)).toBe(false);
    expect(isFarAmong(berlin, potsdam, paris, berlin)).toBe(true);
    expect(isFarAmong(munich, berlin)).toBe(true);
  });

  it('is never overlooked: no two places of anybody else are as far apart as travel is judged from', () => {
    const place = fc
      .record({
        north: fc.double({ min: -2, max: 2, noNaN: true }),
        east: fc.double({ min: -2, max: 2, noNaN: true }),
      })
      .map(({ north, east }) => ({ ...berlin, lat: 52 + north, lon: 13 + east }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 6 }), (places) => {
        if (isFarAmong(...places)) return;
        const apartKm = places.flatMap((a) => places.map((b) => haversineKm(a, b)));
        expect(Math.max(...apartKm)).toBeLessThan(defaultSettings.travel.minDistanceKm);
      }),
    );
  });
});
