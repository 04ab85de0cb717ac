import type { Alert, Detector } from '../detector.ts';
import { isKnownAs, loginsOf, pairAlert, trip, type Login } from './logins.ts';

const MAX_KM_PER_HOUR = 900;
const LEAST_HOURS = 0.0001;
const CACHED_MS = 24 * 3_600_000;
/** Nearer and sooner than this is an error of the database, it says. */
const CLOSE = { km: 50, ms: 10 * 60_000 };
/** Intelsat: planes and ships. */
const SATELLITE_ASN = 22_351;

/**
 * Panther's standard rule: the speed since the login in its cache, which lives a day. Named VPNs, relays and a satellite
 * operator are a remark and never cached; the same address never alerts.
 */
export const panther: Detector = {
  name: 'Panther',
  source:
    'source: > 900 km/h since the cached login (a day); < 50 km in < 10 min is low; VPN, relay and AS22351 are info and not cached',
  judge(facts) {
    const alerts: Alert[] = [];
    let cached: Login | null = null;
    for (const login of loginsOf(facts)) {
      const before: Login | null = cached !== null && login.atMs - cached.atMs <= CACHED_MS ? cached : null;
      const alert = before === null ? null : alertOn(before, login);
      if (alert !== null) alerts.push(alert);
      if (!isDetour(login)) cached = login;
    }
    return alerts;
  },
};

function alertOn(before: Login, after: Login): Alert | null {
  if (before.ip === after.ip) return null;
  const { km, kmPerHour } = trip(before, after, LEAST_HOURS);
  if (kmPerHour <= MAX_KM_PER_HOUR) return null;
  if (isDetour(after)) return pairAlert('Panther', before, after, { severity: 'info', score: 5 });
  const isClose = km < CLOSE.km && after.atMs - before.atMs < CLOSE.ms;
  return pairAlert('Panther', before, after, isClose ? { severity: 'low', score: 20 } : {});
}

function isDetour(login: Login): boolean {
  return isKnownAs(login, 'vpn', 'relay') || login.sighting.network?.asn === SATELLITE_ASN;
}
