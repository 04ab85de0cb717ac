import type { PersonFacts, Sighting } from './facts.ts';
import { unplaceableReason, untimedReason, type Unjudged } from './not-evaluable.ts';
import type { DetectSettings } from './settings.ts';
import { spreadOf } from './spread.ts';
import { lineOf, type Stop } from './travel.ts';

/** A sighting that says where the person was, and when: fit to be compared with others. */
export type Waypoint = Stop & {
  readonly sighting: Sighting;
  /** The place to about 10 km: where databases differ by less, it is the same. */
  readonly spot: string;
};

/**
 * The waypoints of a person in time order. What can't be one goes to `unjudged` with its reason, so that it is neither
 * judged nor the reference for anything else; failed logins are not the person and are passed over.
 */
export function waypointsOf(
  { sightings, nowMs }: PersonFacts,
  settings: DetectSettings,
  unjudged: Unjudged,
): readonly Waypoint[] {
  const waypoints: Waypoint[] = [];
  for (const sighting of sightings) {
    if (sighting.outcome === 'failure') continue;
    const waypoint = waypointOf(sighting, nowMs, settings);
    if (typeof waypoint === 'string') unjudged.add(waypoint, sighting);
    else waypoints.push(waypoint);
  }
  return waypoints;
}

/** The waypoint, or the reason why it is none. */
function waypointOf(sighting: Sighting, nowMs: number, settings: DetectSettings): Waypoint | string {
  const reason = untimedReason(sighting, nowMs, settings) ?? unplaceableReason(sighting, settings);
  if (reason !== null) return reason;
  if (sighting.fromMs === null)
    return 'It was first seen by a poll, and nothing says how long it had been there.';
  const spread = sighting.place === null ? null : spreadOf(sighting.place, ipVersionOf(sighting), settings);
  if (spread === null) return 'The record for the address names neither coordinates nor a country.';
  const spot = `${spread.lat.toFixed(1)},${spread.lon.toFixed(1)}`;
  return { sighting, spread, spot, line: lineOf(sighting.network) };
}

/** Without an address the coarser version is assumed. */
function ipVersionOf({ ip }: Sighting): 4 | 6 {
  return ip !== null && !ip.includes(':') ? 4 : 6;
}
