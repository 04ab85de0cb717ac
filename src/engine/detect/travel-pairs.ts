import type { Unjudged } from './not-evaluable.ts';
import type { DetectSettings } from './settings.ts';
import { certaintyCap } from './travel.ts';
import type { Waypoint } from './waypoint.ts';

export type TravelPair = { readonly before: Waypoint; readonly after: Waypoint };

/**
 * Visits what is compared with what (detections 3.5): each waypoint with the ones next to it in event time, and with
 * every other session that was active then, once per place it was active at. Each pair comes once, ordered by its later
 * end.
 *
 * Where the one before is on a line that never fires (a carrier's, by the tables or by what the person does there), the last one on another line is compared too: a phone that looks for
 * mail every few minutes would otherwise stand between an attacker and everything that could give him away. So is the last one of those whose record
 * knows more than a country: a home that the database only knows to be in the United States says nothing of most distances.
 *
 * A session is active within 15 minutes of its own waypoints; being still listed is no activity. At most
 * `comparedPlaces` active places are kept, so that the work stays in proportion to the number of waypoints; what is
 * cut off goes to `unjudged`.
 */
export function visitTravelPairs(
  waypoints: Iterable<Waypoint>,
  settings: DetectSettings,
  unjudged: Unjudged,
  visit: (before: Waypoint, after: Waypoint) => void,
): void {
  const active: Waypoint[] = [];
  let previous: Waypoint | null = null;
  let firm: Waypoint | null = null;
  let precise: Waypoint | null = null;
  for (const after of waypoints) {
    dropInactive(active, after, settings);
    if (previous !== null) visit(previous, after);
    if (firm !== null && firm !== previous) visit(firm, after);
    if (precise !== null && precise !== firm && precise !== previous) visit(precise, after);
    for (const before of active) {
      const isVisited = before === previous || before === firm || before === precise;
      if (!isVisited && isOtherSession(before, after)) visit(before, after);
    }
    remember(active, after, settings, unjudged);
    previous = after;
    if (!canProve(after, settings)) continue;
    firm = after;
    if (after.spread.level !== 'country') precise = after;
  }
}

/** Oldest first, so the walk ends at the first that is still active. */
function dropInactive(active: Waypoint[], { sighting }: Waypoint, { travel }: DetectSettings): void {
  const sinceMs = sighting.toMs - travel.activeWithinMs;
  let inactive = 0;
  for (const { sighting: old } of active) {
    if (old.toMs >= sinceMs) break;
    inactive += 1;
  }
  if (inactive > 0) active.splice(0, inactive);
}

function isOtherSession(a: Waypoint, b: Waypoint): boolean {
  return a.sighting.sessionKey !== b.sighting.sessionKey;
}

function remember(
  active: Waypoint[],
  waypoint: Waypoint,
  { travel }: DetectSettings,
  unjudged: Unjudged,
): void {
  if (waypoint.sighting.sessionKey === null) return;
  const same = active.findIndex((other) => !isOtherSession(other, waypoint) && other.spot === waypoint.spot);
  if (same !== -1) active.splice(same, 1);
  active.push(waypoint);
  const oldest = active.length > travel.comparedPlaces ? active.shift() : undefined;
  if (oldest === undefined) return;
  unjudged.add(
    `More than ${travel.comparedPlaces} places were active at once; the oldest was not compared.`,
    oldest.sighting,
  );
}

/** Whether anything compared with it can fire at all; a cellular line's cap lies below the threshold. */
function canProve({ line, isCarrier }: Waypoint, settings: DetectSettings): boolean {
  return !isCarrier && certaintyCap(line, 'fixed', settings) >= settings.travel.minProbability;
}
