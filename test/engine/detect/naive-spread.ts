import type { Sighting } from '../../../src/engine/detect/facts.ts';
import { haversineKm } from '../../../src/engine/detect/geodesy.ts';
import { defaultSettings as settings } from '../../../src/engine/detect/settings.ts';
import { spreadOf } from '../../../src/engine/detect/spread.ts';

export function spreadAt({ place, ip }: Sighting) {
  return place === null ? null : spreadOf(place, ip !== null && !ip.includes(':') ? 4 : 6, settings);
}

/** Whether two sightings are so far apart, where a country alone is taken to be nearer by its deviation. */
export function isApart(one: Sighting, other: Sighting, minKm: number): boolean {
  const [a, b] = [spreadAt(one), spreadAt(other)];
  if (a === null || b === null) return false;
  const doubtKm = [a, b].map(({ level, sigmaKm }) => (level === 'country' ? sigmaKm : 0));
  return haversineKm(a, b) - doubtKm.reduce((sum, km) => sum + km, 0) >= minKm;
}
