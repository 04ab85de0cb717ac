import { describe, expect, it } from 'vitest';
import { placeLevel } from '../../../src/engine/enrich/place-level.ts';
import type { Place } from '../../../src/engine/whereabouts.ts';

const nowhere: Place = { country: null, region: null, city: null, lat: null, lon: null, accuracyKm: null };

describe('placeLevel', () => {
  it('is none without a place', () => {
    expect(placeLevel(null)).toBe('none');
    expect(placeLevel(nowhere)).toBe('none');
  });

  it('believes bare coordinates, which somebody measured', () => {
    expect(placeLevel({ ...nowhere, lat: 51.5, lon: -0.1 })).toBe('city');
  });
});
