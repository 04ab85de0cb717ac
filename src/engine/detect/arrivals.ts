import { Appearances } from './appearances.ts';
import type { Feature, Sighting } from './facts.ts';
import { featureOf } from './features.ts';
import type { Survey } from './survey.ts';

/** A value of a feature turns up that the person was not seen with for some time. */
export type Arrival = {
  readonly sighting: Sighting;
  readonly value: string;
  /** When it was last seen before that, however long ago; null: never in the facts. */
  readonly lastSeenMs: number | null;
  /** Other values of the time before, at most 41, sorted; empty: it is the first of all, which is no news. */
  readonly others: readonly string[];
};

/**
 * Every arrival of a feature's values among sightings that are surely the person's, in time order: what follows an arrival
 * says nothing new. O(n).
 *
 * @param unseenMs how long a value was not seen before it arrives, in milliseconds; default: the look-back
 */
export function arrivalsOf(
  feature: Feature,
  proven: readonly Sighting[],
  survey: Survey,
  unseenMs = survey.settings.learning.lookBackMs,
): readonly Arrival[] {
  const seen = new Appearances();
  const arrivals: Arrival[] = [];
  for (const sighting of proven) {
    const value = featureOf(feature, sighting, survey);
    if (value === null) continue;
    const lastSeenMs = seen.lastSeenMs(value);
    if (!seen.isNew(value, sighting, unseenMs)) continue;
    const others = seen.othersThan(value, sighting.toMs - unseenMs);
    arrivals.push({ sighting, value, lastSeenMs, others });
  }
  return arrivals;
}
