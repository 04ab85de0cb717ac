import type { Case } from './case.ts';
import { isHeard, untimedReason, type Unjudged } from './not-evaluable.ts';
import { isProven } from './proven.ts';

/** Tells of the person's sightings that say nothing of the country he was in, each with the reason. */
export function tellUnplaced({ facts, survey, settings }: Case, unjudged: Unjudged): void {
  if (!isHeard(unjudged)) return;
  for (const sighting of facts.sightings) {
    if (!isProven(sighting)) continue;
    const reason = untimedReason(sighting, facts.nowMs, settings) ?? survey.unplaceableReason(sighting);
    if (reason !== null) unjudged.add(reason, sighting);
    else if (survey.country(sighting.place) === null) {
      unjudged.add('The record for the address names no country code.', sighting);
    }
  }
}
