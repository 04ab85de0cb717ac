import type { Detector } from '../detector.ts';
import { loginsOf, pairAlert, trip } from './logins.ts';

/** 500 mph. */
const MAX_KM_PER_HOUR = 804.67;
const LEAST_HOURS = 1 / 3600;

/** Splunk Enterprise Security's "Geographically Improbable Access": consecutive logins of a user, equal times a second apart. */
export const splunkEs: Detector = {
  name: 'Splunk ES',
  source: 'reported: > 500 mph between consecutive logins; equal times count as one second',
  judge(facts) {
    const logins = loginsOf(facts);
    return logins.flatMap((after, at) => {
      const before = logins[at - 1];
      if (before === undefined) return [];
      return trip(before, after, LEAST_HOURS).kmPerHour > MAX_KM_PER_HOUR
        ? [pairAlert('Splunk ES', before, after)]
        : [];
    });
  },
};
