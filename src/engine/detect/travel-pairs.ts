import type { Unjudged } from './not-evaluable.ts';
import type { DetectSettings } from './settings.ts';
import type { Waypoint } from './waypoint.ts';

export type TravelPair = { readonly before: Waypoint; readonly after: Waypoint };

/**
 * What is compared with what (detections 3.5): each waypoint with the ones next to it in event time, and with every other
 * session that was active then, once per place it was active at. Each pair comes once, ordered by its later end.
 *
 * A session is active within 15 minutes of its own waypoints; being still listed is no activity. At most
 * `comparedPlaces` active places are kept, so that the work stays in proportion to the number of waypoints; what is
 * cut off goes to `unjudged`.
 */
export function* travelPairs(
  waypoints: readonly Waypoint[],
  settings: DetectSettings,
  unjudged: Unjudged,
): Generator<TravelPair> {
  const active = new Map<string, Waypoint>();
  let previous: Waypoint | null = null;
  for (const after of waypoints) {
    dropInactive(active, after, settings);
    if (previous !== null) yield { before: previous, after };
    for (const before of active.values()) {
      if (before !== previous && isOtherSession(before, after)) yield { before, after };
    }
    remember(active, after, settings, unjudged);
    previous = after;
  }
}

/** Oldest first, so the walk ends at the first that is still active. */
function dropInactive(
  active: Map<string, Waypoint>,
  { sighting }: Waypoint,
  { travel }: DetectSettings,
): void {
  for (const [key, { sighting: old }] of active) {
    if (old.toMs >= sighting.toMs - travel.activeWithinMs) return;
    active.delete(key);
  }
}

function isOtherSession(a: Waypoint, b: Waypoint): boolean {
  return a.sighting.sessionKey !== b.sighting.sessionKey;
}

function remember(
  active: Map<string, Waypoint>,
  waypoint: Waypoint,
  { travel }: DetectSettings,
  unjudged: Unjudged,
): void {
  const { sessionKey } = waypoint.sighting;
  if (sessionKey === null) return;
  const key = `${sessionKey} ${waypoint.spot}`;
  active.delete(key);
  active.set(key, waypoint);
  if (active.size <= travel.comparedPlaces) return;
  const [oldest] = active;
  if (oldest === undefined) return;
  active.delete(oldest[0]);
  unjudged.add(
    `More than ${travel.comparedPlaces} places were active at once; the oldest was not compared.`,
    oldest[1].sighting,
  );
}
