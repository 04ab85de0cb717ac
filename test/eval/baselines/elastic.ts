import type { Alert, Detector } from '../detector.ts';
import { countryOf, isKnownAs, loginsOf, pairAlert } from './logins.ts';

const WINDOW_MS = 30 * 60_000;
const EVERY_MS = 15 * 60_000;

/** Elastic's rule for Okta sessions: successes from two countries in half an hour, proxies left out, run every 15 minutes. */
export const elastic: Detector = {
  name: 'Elastic',
  source: 'source: ≥ 2 countries in 30 min, successes, not through a known proxy; runs every 15 min',
  judge(facts) {
    const logins = loginsOf(facts).filter((login) => !isKnownAs(login, 'vpn', 'proxy', 'tor', 'relay'));
    const alerts: Alert[] = [];
    let lastRun = -Infinity;
    for (const [at, after] of logins.entries()) {
      const country = countryOf(after);
      const recent = logins
        .slice(Math.max(0, at - 20), at)
        .filter(({ atMs }) => after.atMs - atMs <= WINDOW_MS);
      const other = recent.findLast((before) => countryOf(before) !== country);
      const run = Math.floor(after.atMs / EVERY_MS);
      if (other === undefined || run === lastRun) continue;
      alerts.push(pairAlert('Elastic', other, after));
      lastRun = run;
    }
    return alerts;
  },
};
