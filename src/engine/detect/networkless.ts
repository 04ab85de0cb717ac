import type { Case } from './case.ts';
import { isHeard, untimedReason, type Unjudged } from './not-evaluable.ts';
import { isProven } from './proven.ts';

/** Tells of the person's sightings whose network nobody can look up, or whose time can't be believed. */
export function tellNetworkless({ facts, settings }: Case, unjudged: Unjudged): void {
  if (!isHeard(unjudged)) return;
  for (const sighting of facts.sightings) {
    if (!isProven(sighting)) continue;
    const reason = untimedReason(sighting, facts.nowMs, settings);
    if (reason !== null) unjudged.add(reason, sighting);
    else if (sighting.network === null) unjudged.add('No network is known for the address.', sighting);
  }
}
