import type { Detector } from '../detector.ts';
import { areNeighbours } from './neighbours.ts';
import { countryOf, isKnownAs, loginsOf, pairAlert, trip } from './logins.ts';

/** Ours: "the time it takes to travel" is not published as a speed; that of an airliner. */
const MAX_KM_PER_HOUR = 900;
const LEARNING_MS = 7 * 24 * 3_600_000;

/** Defender for Cloud Apps on the level of countries, without what it learns: different ones that are no neighbours. */
export const defender: Detector = {
  name: 'Defender, countries',
  source:
    'documented: different countries, no neighbours, faster than one can travel (900 km/h, ours); corporate tag on both ends; 7 days of learning',
  judge(facts) {
    const logins = loginsOf(facts);
    const learnedMs = (logins[0]?.atMs ?? 0) + LEARNING_MS;
    return logins.flatMap((after, at) => {
      const before = logins[at - 1];
      if (before === undefined || after.atMs < learnedMs) return [];
      const [a, b] = [countryOf(before), countryOf(after)];
      if (a === null || b === null || a === b || areNeighbours(a, b)) return [];
      if (isKnownAs(before, 'corporate') && isKnownAs(after, 'corporate')) return [];
      const isTooFast = trip(before, after, 1 / 3600).kmPerHour > MAX_KM_PER_HOUR;
      return isTooFast ? [pairAlert('Defender, countries', before, after)] : [];
    });
  },
};
