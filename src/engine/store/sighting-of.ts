import type { RuleFinding } from '../detect/facts.ts';
import { lowerBoundBy } from '../detect/sorted-times.ts';
import type { StoredSighting } from './stored-sighting.ts';

/**
 * The sighting that a finding's evidence shows as `sighting`: of the finding's user and at its moment; null where there is none.
 *
 * @param sightings the person's, in order
 */
export function sightingOf(
  { source, userId, atMs, evidence }: RuleFinding,
  sightings: readonly StoredSighting[],
): StoredSighting | null {
  const id = shownId(evidence.sighting);
  if (id === null) return null;
  for (let at = lowerBoundBy(sightings, atMs, ({ toMs }) => toMs); sightings[at]?.toMs === atMs; at += 1) {
    const sighting = sightings[at];
    if (sighting?.source === source && sighting.userId === userId && sighting.id === id) return sighting;
  }
  return null;
}

function shownId(shown: unknown): string | null {
  if (typeof shown !== 'object' || shown === null || !('sighting' in shown)) return null;
  return typeof shown.sighting === 'string' ? shown.sighting : null;
}
