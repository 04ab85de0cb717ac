import type { Alert, Detector } from '../detector.ts';
import { loginsOf, pairAlert, trip, type Login } from './logins.ts';

const MAX_KM_PER_HOUR = 1000;
const LEAST_KM = 500;
const DAY_MS = 24 * 3_600_000;
const LEARNED_MS = DAY_MS;
const FORGOTTEN_MS = 30 * DAY_MS;

/**
 * Datadog's impossible travel with its baseline switched on, which is the quieter choice: a day of learning a user's places
 * (city and country), and what was learned or has alerted before stays silent for 30 days after it was last seen.
 */
export const datadog: Detector = {
  name: 'Datadog',
  source:
    'documented: ≥ 500 km at > 1,000 km/h; places of the first 24 h are known, forgotten after 30 days; repeats silent',
  judge(facts) {
    const alerts: Alert[] = [];
    const common = new Map<string, number>();
    const told = new Map<string, number>();
    const logins = loginsOf(facts);
    const learnedMs = (logins[0]?.atMs ?? 0) + LEARNED_MS;
    for (const [at, after] of logins.entries()) {
      const before = logins[at - 1];
      const place = placeOf(after);
      const isCommon = after.atMs - (common.get(place) ?? -Infinity) <= FORGOTTEN_MS;
      if (after.atMs <= learnedMs || isCommon) common.set(place, after.atMs);
      if (after.atMs <= learnedMs || isCommon || before === undefined || !isImpossible(before, after))
        continue;
      const pair = [placeOf(before), place].sort().join(' ');
      if (after.atMs - (told.get(pair) ?? -Infinity) > FORGOTTEN_MS)
        alerts.push(pairAlert('Datadog', before, after));
      told.set(pair, after.atMs);
    }
    return alerts;
  },
};

function isImpossible(before: Login, after: Login): boolean {
  const { km, kmPerHour } = trip(before, after, 1 / 3600);
  return km >= LEAST_KM && kmPerHour > MAX_KM_PER_HOUR;
}

function placeOf({ sighting: { place } }: Login): string {
  return `${place?.country ?? '?'} ${place?.city ?? '?'}`;
}
