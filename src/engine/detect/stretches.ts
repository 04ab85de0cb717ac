import type { Sighting } from './facts.ts';

/** The first sighting of a stretch in which a value was seen again and again. */
export type Stretch = { readonly first: Sighting; readonly value: string };

/**
 * Where a value turns up that was not seen for `quietMs`: what follows says nothing new. O(n), in time order. A null value is none.
 */
export function stretchesOf(
  sightings: readonly Sighting[],
  quietMs: number,
  valueOf: (sighting: Sighting) => string | null,
): readonly Stretch[] {
  const lastSeen = new Map<string, number>();
  const stretches: Stretch[] = [];
  for (const sighting of sightings) {
    const value = valueOf(sighting);
    if (value === null) continue;
    if ((lastSeen.get(value) ?? -Infinity) < sighting.toMs - quietMs)
      stretches.push({ first: sighting, value });
    lastSeen.set(value, sighting.toMs);
  }
  return stretches;
}
