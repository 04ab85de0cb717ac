import type { Feature, Sighting } from './facts.ts';
import { featureOf } from './features.ts';
import type { Survey } from './survey.ts';

/** A value of a feature turns up that the person was not seen with in the look-back before. */
export type Arrival = {
  readonly sighting: Sighting;
  readonly value: string;
  /** When it was last seen before that, however long ago; null: never in the facts. */
  readonly lastSeenMs: number | null;
  /** Other values of the look-back before, sorted; empty: it is the first of all, which is no news. */
  readonly others: readonly string[];
};

/**
 * Every arrival of a feature's values among teachers, which are in time order: what follows an arrival says nothing new. O(n), and
 * O(values) more for each arrival.
 */
export function arrivalsOf(
  feature: Feature,
  teachers: readonly Sighting[],
  survey: Survey,
): readonly Arrival[] {
  const { lookBackMs } = survey.settings.learning;
  const lastSeen = new Map<string, number>();
  const arrivals: Arrival[] = [];
  for (const sighting of teachers) {
    const value = featureOf(feature, sighting, survey);
    if (value === null) continue;
    const { toMs } = sighting;
    const last = lastSeen.get(value) ?? null;
    if (last === null || last < toMs - lookBackMs) {
      arrivals.push({
        sighting,
        value,
        lastSeenMs: last,
        others: valuesSince(lastSeen, toMs - lookBackMs, value),
      });
    }
    lastSeen.set(value, toMs);
  }
  return arrivals;
}

function valuesSince(
  lastSeen: ReadonlyMap<string, number>,
  sinceMs: number,
  except: string,
): readonly string[] {
  return [...lastSeen]
    .filter(([value, seenMs]) => value !== except && seenMs >= sinceMs)
    .map(([value]) => value)
    .sort();
}
