import type { Place } from '../whereabouts.ts';

/** How exactly a place is known: the level, not the radius, decides (detections 3.1). */
export type PlaceLevel = 'city' | 'region' | 'country' | 'none';

/**
 * `city` (a city, or coordinates with a region or without any name) · `region` (a subdivision, no city) · `country`
 * (neither: databases give such a record the centroid and often a radius of 100 km that says nothing) · `none`.
 */
export function placeLevel(place: Place | null): PlaceLevel {
  if (place === null) return 'none';
  if (place.city !== null) return 'city';
  if (place.region !== null) return 'region';
  if (place.country !== null) return 'country';
  return place.lat === null || place.lon === null ? 'none' : 'city';
}
