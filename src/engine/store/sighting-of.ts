import type { RuleFinding } from '../detect/facts.ts';
import { userAgentFamilyOf } from '../detect/device.ts';
import { prefixOfSighting } from '../detect/features.ts';
import { lowerBoundBy } from '../detect/sorted-times.ts';
import type { StoredSighting } from './stored-sighting.ts';

/**
 * The sighting that a finding's evidence shows as `sighting`: of the finding's user and at its moment; null where there is none.
 *
 * @param sightings the person's, in order
 */
export function sightingOf(
  finding: RuleFinding,
  sightings: readonly StoredSighting[],
): StoredSighting | null {
  const id = shownId(finding.evidence.sighting);
  return id === null ? null : sightingWhere(finding, sightings, (sighting) => sighting.id === id);
}

/**
 * The sighting that a finding came from: what its evidence shows as `sighting`, or else one of its user at its moment with the
 * network and the client that it is grouped by; null where there is none, as of a list of sessions.
 *
 * @param sightings the person's, in order
 */
export function originOf(finding: RuleFinding, sightings: readonly StoredSighting[]): StoredSighting | null {
  const { prefix, asn, client } = finding.infrastructure;
  const isFromSomewhere = prefix !== null || asn !== null;
  return (
    sightingOf(finding, sightings) ??
    (isFromSomewhere
      ? sightingWhere(
          finding,
          sightings,
          (sighting) =>
            prefixOfSighting(sighting) === prefix &&
            (sighting.network?.asn ?? null) === asn &&
            userAgentFamilyOf(sighting) === client,
        )
      : null)
  );
}

/** The first of the finding's user at its moment that passes. */
function sightingWhere(
  { source, userId, atMs }: RuleFinding,
  sightings: readonly StoredSighting[],
  passes: (sighting: StoredSighting) => boolean,
): StoredSighting | null {
  for (let at = lowerBoundBy(sightings, atMs, ({ toMs }) => toMs); sightings[at]?.toMs === atMs; at += 1) {
    const sighting = sightings[at];
    if (sighting?.source === source && sighting.userId === userId && passes(sighting)) return sighting;
  }
  return null;
}

function shownId(shown: unknown): string | null {
  if (typeof shown !== 'object' || shown === null || !('sighting' in shown)) return null;
  return typeof shown.sighting === 'string' ? shown.sighting : null;
}
