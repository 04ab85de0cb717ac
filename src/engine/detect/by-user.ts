import type { Sighting } from './facts.ts';

/** The sightings of each user, in order, because accounts are attacked one by one. */
export function byUser(sightings: readonly Sighting[]): readonly (readonly Sighting[])[] {
  const [first] = sightings;
  if (first === undefined) return [];
  // Most people are one user.
  if (sightings.every(({ source, userId }) => source === first.source && userId === first.userId))
    return [sightings];
  const lists = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const user = JSON.stringify([sighting.source, sighting.userId]);
    const list = lists.get(user);
    if (list === undefined) lists.set(user, [sighting]);
    else list.push(sighting);
  }
  return [...lists.values()];
}
