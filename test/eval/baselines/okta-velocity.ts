import type { Detector } from '../detector.ts';
import { loginsOf, pairAlert, trip } from './logins.ts';

const MAX_KM_PER_HOUR = 805;
/** Okta takes two places within this circle for one. */
const SAME_PLACE_KM = 20;

/** Okta's velocity behaviour: the speed since the last event. */
export const oktaVelocity: Detector = {
  name: 'Okta velocity',
  source: 'documented: > 805 km/h since the last event; a place is a circle of 20 km',
  judge(facts) {
    const logins = loginsOf(facts);
    return logins.flatMap((after, at) => {
      const before = logins[at - 1];
      if (before === undefined) return [];
      const { km, kmPerHour } = trip(before, after, 1 / 3600);
      const isTooFast = km > SAME_PLACE_KM && kmPerHour > MAX_KM_PER_HOUR;
      return isTooFast ? [pairAlert('Okta velocity', before, after)] : [];
    });
  },
};
