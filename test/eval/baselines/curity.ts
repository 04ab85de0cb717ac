import type { Detector } from '../detector.ts';
import { loginsOf, pairAlert, trip } from './logins.ts';

const MAX_KM_PER_HOUR = 250;

/** Curity's impossible journey action; its answer is a second factor, which counts as an alert here. */
export const curity: Detector = {
  name: 'Curity',
  source: 'documented: > 250 km/h since the last login (the default); asks for a second factor',
  judge(facts) {
    const logins = loginsOf(facts);
    return logins.flatMap((after, at) => {
      const before = logins[at - 1];
      if (before === undefined) return [];
      const isTooFast = trip(before, after, 1 / 3600).kmPerHour > MAX_KM_PER_HOUR;
      return isTooFast ? [pairAlert('Curity', before, after)] : [];
    });
  },
};
