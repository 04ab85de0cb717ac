import { haversineKm } from './geodesy.ts';
import { longestGapMs } from './moment.ts';
import type { DetectSettings } from './settings.ts';
import type { Spread } from './spread.ts';
import type { Waypoint } from './waypoint.ts';

/** A waypoint of which the country is known. */
export type Stay = { readonly country: string; readonly waypoint: Waypoint };

/** Several countries within a time no journey takes, oldest first; the last one completes it. */
export type Hop = { readonly stays: readonly Stay[]; readonly last: Stay; readonly withinMs: number };

/**
 * Every moment at which a person was in too many countries in too short a time (detections 4.1), in time order. Of each
 * country the latest stay counts, of at most `comparedPlaces` countries, so that the work stays in proportion to the number
 * of stays.
 */
export function* hopsOf(stays: Iterable<Stay>, settings: DetectSettings): Generator<Hop> {
  const { threeWithinMs, twoWithinMs } = settings.country;
  const longestMs = Math.max(threeWithinMs, twoWithinMs);
  let recent: readonly Stay[] = [];
  for (const last of stays) {
    const sinceMs = timeOf(last) - longestMs;
    const isAlone = recent.every(({ country }) => country === last.country);
    recent = isAlone
      ? [last]
      : [...recent.filter((stay) => timeOf(stay) >= sinceMs && stay.country !== last.country), last];
    if (recent.length > settings.travel.comparedPlaces) recent = recent.slice(1);
    const hop = recent.length < 2 ? null : hopAt(recent, last, settings);
    if (hop !== null) yield hop;
  }
}

/** Three countries say more than two. */
function hopAt(recent: readonly Stay[], last: Stay, settings: DetectSettings): Hop | null {
  const { threeWithinMs, twoWithinMs } = settings.country;
  const three = apartStays(recent, last, threeWithinMs, settings);
  if (three.length >= 3) return { stays: three, last, withinMs: threeWithinMs };
  const two = apartStays(recent, last, twoWithinMs, settings);
  return two.length >= 2 ? { stays: two, last, withinMs: twoWithinMs } : null;
}

/** Those within the time, each far enough from all the others; the later ones are chosen first. */
function apartStays(
  recent: readonly Stay[],
  last: Stay,
  withinMs: number,
  settings: DetectSettings,
): readonly Stay[] {
  const chosen = [last];
  for (const stay of recent.toReversed()) {
    const gapMs = longestGapMs(stay.waypoint.sighting, last.waypoint.sighting);
    if (stay === last || gapMs === null || gapMs > withinMs) continue;
    if (chosen.every((other) => nearestKm(stay, other) >= settings.country.neighbourKm)) chosen.push(stay);
  }
  return chosen.reverse();
}

/** How near two stays may have been: of a record that names the country alone the place is unsure by its deviation. */
function nearestKm({ waypoint: a }: Stay, { waypoint: b }: Stay): number {
  return haversineKm(a.spread, b.spread) - doubtKm(a.spread) - doubtKm(b.spread);
}

function doubtKm({ level, sigmaKm }: Spread): number {
  return level === 'country' ? sigmaKm : 0;
}

function timeOf({ waypoint }: Stay): number {
  return waypoint.sighting.toMs;
}
