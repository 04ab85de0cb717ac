import type { Alert, Detector } from '../detector.ts';
import { countryOf, loginsOf, pairAlert, trip, type Login } from './logins.ts';

const MAX_KM_PER_HOUR = 300;
const LEAST_KM = 100;
const LEAST_HOURS = 0.001;
const LEARNING_MS = 14 * 24 * 3_600_000;
/** One to three alerts are low risk, and low risk is not told by default. */
const SILENT_ALERTS = 3;

/**
 * BuffaLogs 3.0 with its default filters: mobile user agents, pairs within a country, the first 14 days, and users of low
 * risk. Alerts that are filtered for low risk raise the risk here all the same; if they don't there, it never speaks.
 */
export const buffalogs: Detector = {
  name: 'BuffaLogs, defaults',
  source: 'source: new IP, > 100 km at > 300 km/h since the latest login; default filters and risk threshold',
  judge: (facts) => travel(loginsOf(facts), 'BuffaLogs, defaults').filter((_, at) => at >= SILENT_ALERTS),
};

/** The same without the risk threshold, so that its rule can be seen. */
export const buffalogsTalking: Detector = {
  name: 'BuffaLogs, no risk threshold',
  source: 'source: as above, every alert told',
  judge: (facts) => travel(loginsOf(facts), 'BuffaLogs, no risk threshold'),
};

function travel(logins: readonly Login[], name: string): readonly Alert[] {
  const ips = new Set<string>();
  const learnedMs = (logins[0]?.atMs ?? 0) + LEARNING_MS;
  return logins.flatMap((after, at) => {
    const before = logins[at - 1];
    const isNewIp = !ips.has(after.ip);
    ips.add(after.ip);
    if (before === undefined || !isNewIp || after.atMs < learnedMs) return [];
    if (countryOf(before) === countryOf(after) || after.sighting.device?.kind === 'mobile') return [];
    const { km, kmPerHour } = trip(before, after, LEAST_HOURS);
    return km > LEAST_KM && kmPerHour > MAX_KM_PER_HOUR ? [pairAlert(name, before, after)] : [];
  });
}
