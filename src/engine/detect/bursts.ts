import type { Sighting } from './facts.ts';

/** A stretch of sightings that are closer together than is usual. */
export type Burst = {
  /** With which it became one: what is said of it is said of this moment. */
  readonly reached: Sighting;
  /** What lay in the window then, in time order, `reached` last. */
  readonly members: readonly Sighting[];
};

/** What lies in the window that ends with a sighting, that sighting included. */
export type BurstWindow = { readonly count: number; readonly distinct: number; readonly atMs: number };

/**
 * Bursts among sightings in time order: one begins where the window before a sighting is enough, and goes on until nothing
 * happens for as long as the window is. What follows is not told of: it must not change what was said already. O(n).
 */
export function burstsOf(
  sightings: readonly Sighting[],
  windowMs: number,
  isEnough: (window: BurstWindow) => boolean,
  /** What is counted as distinct; null counts for nothing. */
  valueOf: (sighting: Sighting) => string | null = () => null,
): readonly Burst[] {
  const bursts: Burst[] = [];
  const counts = new Map<string, number>();
  let first = 0;
  let isBegun = false;
  let previousMs = -Infinity;
  for (const [index, sighting] of sightings.entries()) {
    const { toMs } = sighting;
    if (toMs - previousMs > windowMs) isBegun = false;
    previousMs = toMs;
    count(counts, valueOf(sighting), 1);
    for (
      let old = sightings[first];
      old !== undefined && toMs - old.toMs > windowMs;
      old = sightings[first]
    ) {
      count(counts, valueOf(old), -1);
      first += 1;
    }
    if (isBegun || !isEnough({ count: index - first + 1, distinct: counts.size, atMs: toMs })) continue;
    isBegun = true;
    bursts.push({ reached: sighting, members: sightings.slice(first, index + 1) });
  }
  return bursts;
}

function count(counts: Map<string, number>, value: string | null, by: 1 | -1): void {
  if (value === null) return;
  const after = (counts.get(value) ?? 0) + by;
  if (after === 0) counts.delete(value);
  else counts.set(value, after);
}
