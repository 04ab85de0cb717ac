import type { Baseline } from './baseline.ts';
import type { Feature, Sighting } from './facts.ts';
import { featureOf } from './features.ts';
import type { Survey } from './survey.ts';

const telling: readonly Feature[] = ['prefix', 'asn', 'device'];

/**
 * The end of a comparison that is less like the person at its own time, the later one in doubt: a finding about two places
 * belongs to where the stranger was, not to the home that he was compared with.
 */
export function suspectOf(before: Sighting, after: Sighting, baseline: Baseline, survey: Survey): Sighting {
  const unknowns = (sighting: Sighting) =>
    telling.filter((feature) => {
      const value = featureOf(feature, sighting, survey);
      return value !== null && !baseline.known(feature, value, sighting.toMs);
    }).length;
  return unknowns(before) > unknowns(after) ? before : after;
}
