import type { Feature, PersonFacts, Sighting } from './facts.ts';
import { arrivalsOf, type Arrival } from './arrivals.ts';
import { learnCarriers } from './carriers.ts';
import { featureOf } from './features.ts';
import { untimedReason } from './not-evaluable.ts';
import { isProven } from './proven.ts';
import { lazily, remembered } from './remembered.ts';
import { lowerBound } from './sorted-times.ts';
import type { Survey } from './survey.ts';

const DAY_MS = 86_400_000;

/**
 * What was normal for a person at any moment, from event times alone: filling in history later gives the same as having lived through it.
 * Only sightings strictly before the moment, and within the look-back, count.
 */
export type Baseline = {
  /**
   * Seen at least 24 h before, or on two different days (UTC): an attacker can't teach it in one night. What an analyst
   * called known always is; what he called an attack teaches nothing.
   */
  known(feature: Feature, value: string, atMs: number): boolean;
  /** An analyst called it known, by a false-positive verdict. */
  learned(feature: Feature, value: string): boolean;
  /** Sightings that are surely the person's, at times that can be believed, in time order; attacks among them. */
  proven(): readonly Sighting[];
  /** Where a value turned up that was not seen in the look-back before, in time order. */
  arrivals(feature: Feature): readonly Arrival[];
  /** At least 14 days of history and 5 logins; until then a person's findings are `learning`. */
  mature(atMs: number): boolean;
  /** The network of a sighting acts like a mobile carrier for the person: see `learnCarriers`. */
  isCarrier(sighting: Sighting): boolean;
};

/**
 * Learns from all sightings of a person in O(n). They must be sorted by `toMs`. Each thing is learned when it is first
 * asked for, because nobody asks about most people.
 */
export function learnBaseline({ sightings, learned = [], nowMs }: PersonFacts, survey: Survey): Baseline {
  const { lookBackMs, knownAfterMs, matureAfterMs, matureLogins } = survey.settings.learning;
  const proven = lazily(() =>
    filtered(sightings, (each) => isProven(each) && untimedReason(each, nowMs, survey.settings) === null),
  );
  const teachers = lazily(() => filtered(proven(), ({ isQuarantined }) => isQuarantined !== true));
  const times = lazily(() => teachers().map(({ toMs }) => toMs));
  const logins = lazily(() => loginTimes(teachers()));
  const valueTimes = remembered((feature: Feature) => timesByValue(feature, teachers(), survey));
  const arrivals = remembered((feature: Feature) => arrivalsOf(feature, proven(), survey));
  const isLearned = (feature: Feature, value: string) =>
    learned.length > 0 && learned.some((each) => each.feature === feature && each.value === value);
  return {
    arrivals,
    proven,
    learned: isLearned,
    isCarrier: learnCarriers(teachers, survey.settings),
    known(feature, value, atMs) {
      if (isLearned(feature, value)) return true;
      const seen = valueTimes(feature).get(value) ?? [];
      const end = lowerBound(seen, atMs);
      const firstMs = seen[lowerBound(seen, atMs - lookBackMs)];
      const lastMs = seen[end - 1];
      if (firstMs === undefined || lastMs === undefined || firstMs >= atMs) return false;
      return firstMs <= atMs - knownAfterMs || utcDay(firstMs) !== utcDay(lastMs);
    },
    mature(atMs) {
      const firstMs = times()[lowerBound(times(), atMs - lookBackMs)];
      const loginCount = lowerBound(logins(), atMs) - lowerBound(logins(), atMs - lookBackMs);
      return firstMs !== undefined && firstMs <= atMs - matureAfterMs && loginCount >= matureLogins;
    },
  };
}

/** The same list where it keeps all of it, as it does of most people. */
function filtered(
  sightings: readonly Sighting[],
  isKept: (sighting: Sighting) => boolean,
): readonly Sighting[] {
  return sightings.every(isKept) ? sightings : sightings.filter(isKept);
}

function timesByValue(
  feature: Feature,
  teachers: readonly Sighting[],
  survey: Survey,
): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  for (const sighting of teachers) {
    const value = featureOf(feature, sighting, survey);
    if (value === null) continue;
    const seen = times.get(value);
    if (seen === undefined) times.set(value, [sighting.toMs]);
    else seen.push(sighting.toMs);
  }
  return times;
}

/**
 * Successful logins; where a source tells of none, each day with activity counts as one. A source counts as telling from its
 * first login on: what it told later must not change what was true before. Ascending.
 */
function loginTimes(teachers: readonly Sighting[]): readonly number[] {
  const tellsLogins = new Set<string>();
  const lastDay = new Map<string, number>();
  return teachers
    .filter(({ source, kind, toMs }) => {
      if (kind === 'login') tellsLogins.add(source);
      if (tellsLogins.has(source)) return kind === 'login';
      const isNewDay = lastDay.get(source) !== utcDay(toMs);
      if (isNewDay) lastDay.set(source, utcDay(toMs));
      return isNewDay;
    })
    .map(({ toMs }) => toMs);
}

function utcDay(atMs: number): number {
  return Math.floor(atMs / DAY_MS);
}
