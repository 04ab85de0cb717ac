import type { Case } from './case.ts';
import type { Sighting } from './facts.ts';
import type { Unjudged } from './not-evaluable.ts';

/**
 * Those of a rule's arrivals that findings are made of: new enough to be judged, and at most `maxArrivals`, the latest, so that
 * somebody who arrives a hundred thousand times takes no more words than others.
 */
export function latestArrivals<Arrival extends { readonly sighting: Sighting }>(
  arrivals: readonly Arrival[],
  person: Case,
  unjudged: Unjudged,
): readonly Arrival[] {
  const { maxArrivals } = person.settings;
  const judged = arrivals.filter(({ sighting }) => person.isJudged(sighting.toMs));
  const excess = Math.max(0, judged.length - maxArrivals);
  for (const { sighting } of judged.slice(0, excess)) {
    unjudged.add(`More than ${maxArrivals} arrivals: the oldest are left out.`, sighting);
  }
  return excess === 0 ? judged : judged.slice(excess);
}
