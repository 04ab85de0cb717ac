import type { Sighting } from './facts.ts';
import { isWithinKm, type Point } from './geodesy.ts';
import type { Survey } from './survey.ts';

/**
 * Whether the person was ever seen at two places so far apart that travel between them is judged at all; where everything lies
 * within half of that around the first place, no two places are. Most people never leave, and need no more than this look.
 */
export function isEverFar(sightings: readonly Sighting[], survey: Survey): boolean {
  const halfKm = survey.settings.travel.minDistanceKm / 2;
  let first: Point | null = null;
  let last: Sighting['place'] = null;
  for (const sighting of sightings) {
    const { place, ip } = sighting;
    if (place === null || place === last || survey.unplaceableReason(sighting) !== null) continue;
    last = place;
    const position = survey.position(place, ip);
    if (position === null) continue;
    first ??= position.spread;
    if (!isWithinKm(first, position.spread, halfKm)) return true;
  }
  return false;
}
