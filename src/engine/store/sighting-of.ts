import { userAgentFamilyOf } from '../detect/device.ts';
import type { RuleFinding } from '../detect/facts.ts';
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
  const shown = shownIn(finding);
  return shown === null
    ? null
    : sightingAt(finding, finding.atMs, sightings, (sighting) => sighting.id === shown.id);
}

/**
 * The sighting that a finding came from: what its evidence shows as `sighting`, or else one of its user at its moment with the
 * network and the client that it is grouped by; null where there is none, as of a list of sessions.
 *
 * @param sightings the person's, or the day's, in order
 */
export function originOf(finding: RuleFinding, sightings: readonly StoredSighting[]): StoredSighting | null {
  const shown = shownIn(finding);
  if (shown !== null)
    return sightingAt(finding, shown.atMs, sightings, (sighting) => sighting.id === shown.id);
  const { prefix, asn, client } = finding.infrastructure;
  if (prefix === null && asn === null) return null;
  return sightingAt(
    finding,
    finding.atMs,
    sightings,
    (sighting) =>
      prefixOfSighting(sighting) === prefix &&
      (sighting.network?.asn ?? null) === asn &&
      userAgentFamilyOf(sighting) === client,
  );
}

/** The first of the finding's user at a moment that passes. */
function sightingAt(
  { source, userId }: RuleFinding,
  atMs: number,
  sightings: readonly StoredSighting[],
  passes: (sighting: StoredSighting) => boolean,
): StoredSighting | null {
  for (let at = lowerBoundBy(sightings, atMs, ({ toMs }) => toMs); sightings[at]?.toMs === atMs; at += 1) {
    const sighting = sightings[at];
    if (sighting?.source === source && sighting.userId === userId && passes(sighting)) return sighting;
  }
  return null;
}

/** Id and moment of what evidence shows as `sighting` (`sightingEvidence`). */
function shownIn({ evidence }: RuleFinding): { readonly id: string; readonly atMs: number } | null {
  const { sighting: shown } = evidence;
  if (typeof shown !== 'object' || shown === null || !('sighting' in shown && 'at' in shown)) return null;
  const { sighting: id, at } = shown;
  return typeof id === 'string' && typeof at === 'string' ? { id, atMs: Date.parse(at) } : null;
}
