import type { Baseline } from './baseline.ts';
import type { Case } from './case.ts';
import type { Sighting } from './facts.ts';
import { untimedReason, type Unjudged } from './not-evaluable.ts';
import type { Position, Survey } from './survey.ts';
import type { Stop } from './travel.ts';

/** A sighting that says where the person was, and when: fit to be compared with others. */
export type Waypoint = Stop &
  Position & {
    readonly sighting: Sighting;
    /** Its network acts like a mobile carrier for the person, whatever the tables say. */
    readonly isCarrier: boolean;
  };

/**
 * The waypoints of a person in time order. What can't be one goes to `unjudged` with its reason, so that it is neither
 * judged nor the reference for anything else; failed logins are not the person and are passed over.
 */
export function* waypointsOf(
  { facts: { sightings, nowMs }, survey, baseline }: Pick<Case, 'facts' | 'survey' | 'baseline'>,
  unjudged: Unjudged,
): Generator<Waypoint> {
  for (const sighting of sightings) {
    if (sighting.outcome === 'failure') continue;
    const waypoint = waypointOf(sighting, nowMs, survey, baseline);
    if (typeof waypoint === 'string') unjudged.add(waypoint, sighting);
    else yield waypoint;
  }
}

/** The waypoint, or the reason why it is none. */
function waypointOf(
  sighting: Sighting,
  nowMs: number,
  survey: Survey,
  baseline: Baseline,
): Waypoint | string {
  const reason = untimedReason(sighting, nowMs, survey.settings) ?? survey.unplaceableReason(sighting);
  if (reason !== null) return reason;
  const { fromMs, place, ip } = sighting;
  if (fromMs === null) return 'It was first seen by a poll, and nothing says how long it had been there.';
  const position = place === null ? null : survey.position(place, ip);
  if (position === null) return 'The record for the address names neither coordinates nor a country.';
  const { spread, spot } = position;
  return { sighting, spread, spot, line: survey.line(sighting), isCarrier: baseline.isCarrier(sighting) };
}

/** Whether both records name the same country and nothing more: then they may be of one house. */
export function isSameVagueCountry(a: Waypoint, b: Waypoint): boolean {
  if (a.spread.level !== 'country' || b.spread.level !== 'country') return false;
  return a.sighting.place?.country === b.sighting.place?.country;
}
