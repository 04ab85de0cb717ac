import { distanceKm } from '../company/globe.ts';
import type { Detector } from '../detector.ts';
import { loginsOf, pairAlert } from './logins.ts';

const KM_PER_HOUR = 1000;
const TOLERANCE_KM = 50;
const COMPARED_LOGINS = 5;

/** authentik's GeoIP policy with its check for impossible travel; it refuses the login. */
export const authentik: Detector = {
  name: 'authentik',
  source: 'source: ≥ 1,000 km/h × max(1, whole hours) + 50 km from any of the last 5 logins; blocks',
  judge(facts) {
    const logins = loginsOf(facts);
    return logins.flatMap((after, at) => {
      const far = logins.slice(Math.max(0, at - COMPARED_LOGINS), at).findLast((before) => {
        const hours = Math.max(1, Math.floor((after.atMs - before.atMs) / 3_600_000));
        return distanceKm(before.point, after.point) >= KM_PER_HOUR * hours + TOLERANCE_KM;
      });
      return far === undefined ? [] : [pairAlert('authentik', far, after)];
    });
  },
};
