import type { MapPlace } from '../../../src/contract/map.ts';
import { seeded } from './seeded.ts';

/** `count` places, most of them crowded around some 200 centres as cities are; the same for the same count. */
export function manyPlaces(count: number): MapPlace[] {
  const random = seeded(11);
  const spread = (around: number, by: number) => around + (random() + random() + random() - 1.5) * by;
  const centres = Array.from({ length: 200 }, () => ({
    lat: -35 + random() * 95,
    lon: -120 + random() * 265,
  }));
  return Array.from({ length: count }, (_, index) => {
    const centre = centres[Math.floor(random() ** 2 * centres.length)] ?? { lat: 0, lon: 0 };
    const isFlagged = random() < 0.01;
    return {
      lat: Math.round(spread(centre.lat, 6) * 1e4) / 1e4,
      lon: Math.round(spread(centre.lon, 9) * 1e4) / 1e4,
      country: 'DE',
      region: `Region ${index % 900}`,
      city: `City ${index}`,
      accuracyKm: 20,
      sessions: 1 + Math.floor(random() ** 6 * 400),
      flagged: isFlagged ? 1 : 0,
      worst: isFlagged ? 'high' : null,
    };
  });
}
