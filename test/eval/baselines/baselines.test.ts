import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../src/engine/detect/facts.ts';
import { aSighting, factsOf, HOUR, laptop, network, NOW_MS, phone } from '../../support/sighting.ts';
import type { Detector } from '../detector.ts';
import { authentik } from './authentik.ts';
import { buffalogs, buffalogsTalking } from './buffalogs.ts';
import { curity } from './curity.ts';
import { datadog } from './datadog.ts';
import { defender } from './defender.ts';
import { elastic } from './elastic.ts';
import { oktaVelocity } from './okta-velocity.ts';
import { panther } from './panther.ts';
import { splunkEs } from './splunk-es.ts';

const DAY = 24 * HOUR;
const START = NOW_MS - 40 * DAY;
/** Kilometres along the equator. */
const at = (km: number, country = 'DE', city = `at ${km}`) => {
  return { country, region: null, city, lat: 0.0001, lon: (km / 6371) * (180 / Math.PI), accuracyKm: null };
};

let host = 0;
function login(hours: number, km: number, over: Partial<Sighting> = {}): Sighting {
  host += 1;
  return aSighting({
    atMs: START + hours * HOUR,
    place: at(km),
    ip: `81.2.69.${host % 250}`,
    device: laptop,
    ...over,
  });
}

const alerts = (detector: Detector, ...sightings: readonly Sighting[]) =>
  detector.judge(factsOf(...sightings));
const count = (detector: Detector, ...sightings: readonly Sighting[]) =>
  alerts(detector, ...sightings).length;

describe('Splunk ES', () => {
  it('fires above 500 mph between consecutive logins', () => {
    expect(count(splunkEs, login(0, 0), login(1, 810))).toBe(1);
    expect(count(splunkEs, login(0, 0), login(1, 800))).toBe(0);
    expect(count(splunkEs, login(0, 0), login(0.5, 0), login(1, 810))).toBe(1);
  });

  it('takes equal times for a second apart', () => {
    expect(count(splunkEs, login(0, 0), login(0, 1))).toBe(1);
    expect(count(splunkEs, login(0, 0), login(0, 0.1))).toBe(0);
  });

  it('looks at successful logins alone', () => {
    expect(count(splunkEs, login(0, 0), login(0, 5000, { outcome: 'failure' }))).toBe(0);
    expect(count(splunkEs, login(0, 0), login(0, 5000, { kind: 'activity' }))).toBe(0);
  });
});

describe('Okta velocity', () => {
  it('fires above 805 km/h, and never within its circle of 20 km', () => {
    expect(count(oktaVelocity, login(0, 0), login(1, 806))).toBe(1);
    expect(count(oktaVelocity, login(0, 0), login(1, 804))).toBe(0);
    expect(count(oktaVelocity, login(0, 0), login(0.001, 19))).toBe(0);
  });
});

describe('Curity', () => {
  it('fires above 250 km/h', () => {
    expect(count(curity, login(0, 0), login(1, 251))).toBe(1);
    expect(count(curity, login(0, 0), login(1, 249))).toBe(0);
  });
});

describe('authentik', () => {
  it('allows 1,000 km for each whole hour, at least one, and 50 more', () => {
    expect(count(authentik, login(0, 0), login(0.1, 1051))).toBe(1);
    expect(count(authentik, login(0, 0), login(0.1, 1049))).toBe(0);
    expect(count(authentik, login(0, 0), login(1.9, 1051))).toBe(1);
    expect(count(authentik, login(0, 0), login(2, 2049))).toBe(0);
  });

  it('compares with any of the last five logins', () => {
    const back = [1, 2, 3, 4].map((minutes) => login(minutes / 60, 0));

    expect(count(authentik, login(0, 5000), ...back)).toBe(4);
    expect(count(authentik, login(0, 5000), ...back, login(5 / 60, 0), login(6 / 60, 0))).toBe(5);
  });
});

describe('Panther', () => {
  it('fires above 900 km/h against a login of the last day', () => {
    expect(count(panther, login(0, 0), login(1, 901))).toBe(1);
    expect(count(panther, login(0, 0), login(1, 899))).toBe(0);
    expect(count(panther, login(0, 0), login(24.1, 20_000))).toBe(0);
  });

  it('calls near and soon low, and a VPN a remark', () => {
    const vpn = { network: network(1, 'vpn') };

    expect(alerts(panther, login(0, 0), login(0.02, 40))[0]?.severity).toBe('low');
    expect(alerts(panther, login(0, 0), login(0, 5000, vpn))[0]?.severity).toBe('info');
    expect(alerts(panther, login(0, 0), login(0, 5000))[0]?.severity).toBe('high');
  });

  it('never compares with a VPN, and never an address with itself', () => {
    expect(count(panther, login(0, 5000, { network: network(1, 'vpn') }), login(0.5, 0))).toBe(0);
    expect(count(panther, login(0, 0, { ip: '1.2.3.4' }), login(0, 5000, { ip: '1.2.3.4' }))).toBe(0);
  });
});

describe('Datadog', () => {
  const learned = login(-48, 0);

  it('fires from 500 km on above 1,000 km/h, once a day was learned', () => {
    expect(count(datadog, learned, login(0, 0), login(0.5, 510))).toBe(1);
    expect(count(datadog, learned, login(0, 0), login(0.1, 490))).toBe(0);
    expect(count(datadog, learned, login(0, 0), login(1, 990))).toBe(0);
    expect(count(datadog, login(0, 0), login(0.5, 5000))).toBe(0);
  });

  it('is silent about places of the first day and about repeats', () => {
    const twice = [login(0, 0), login(0.5, 5000), login(10, 0), login(10.5, 5000)];

    expect(count(datadog, learned, ...twice)).toBe(1);
    expect(count(datadog, login(-48, 0), login(-47, 5000), login(0, 0), login(0.5, 5000))).toBe(0);
  });
});

describe('BuffaLogs', () => {
  const settled = login(-15 * 24, 0);
  const abroad = (hours: number, km: number, over: Partial<Sighting> = {}) =>
    login(hours, km, { place: at(km, 'FR'), ...over });

  it('fires above 300 km/h and 100 km for a new address in another country', () => {
    expect(count(buffalogsTalking, settled, login(0, 0), abroad(1, 301))).toBe(1);
    expect(count(buffalogsTalking, settled, login(0, 0), abroad(1, 299))).toBe(0);
    expect(count(buffalogsTalking, settled, login(0, 0), abroad(0.1, 99))).toBe(0);
    expect(count(buffalogsTalking, settled, login(0, 0), login(1, 5000))).toBe(0);
    expect(count(buffalogsTalking, settled, login(0, 0), abroad(0, 101))).toBe(1);
  });

  it('is silent about known addresses, phones and the first fourteen days', () => {
    const ip = { ip: '9.9.9.9' };

    expect(count(buffalogsTalking, settled, abroad(-20, 5000, ip), login(0, 0), abroad(1, 5000, ip))).toBe(0);
    expect(count(buffalogsTalking, settled, login(0, 0), abroad(1, 5000, { device: phone }))).toBe(0);
    expect(count(buffalogsTalking, login(0, 0), abroad(1, 5000))).toBe(0);
  });

  it("by default tells nobody of a user's first three", () => {
    const journeys = [0, 10, 20, 30].flatMap((hours) => [login(hours, 0), abroad(hours + 1, 5000)]);

    // Each way back is one too.
    expect(count(buffalogsTalking, settled, ...journeys)).toBe(7);
    expect(count(buffalogs, settled, ...journeys)).toBe(4);
  });
});

describe('Defender on the level of countries', () => {
  const settled = login(-8 * 24, 0);
  const inCountry = (hours: number, country: string, over: Partial<Sighting> = {}) =>
    login(hours, 3000, { place: at(3000, country), ...over });

  it('fires between countries that are no neighbours', () => {
    expect(count(defender, settled, login(0, 0), inCountry(1, 'US'))).toBe(1);
    expect(count(defender, settled, login(0, 0), inCountry(1, 'FR'))).toBe(0);
    expect(count(defender, settled, login(0, 0), inCountry(1, 'DE'))).toBe(0);
    expect(count(defender, settled, login(0, 0), inCountry(4, 'US'))).toBe(0);
    expect(count(defender, login(0, 0), inCountry(1, 'US'))).toBe(0);
  });

  it('believes a corporate tag only on both ends', () => {
    const corporate = { network: network(1, 'corporate') };

    expect(count(defender, settled, login(0, 0, corporate), inCountry(1, 'US', corporate))).toBe(0);
    expect(count(defender, settled, login(0, 0), inCountry(1, 'US', corporate))).toBe(1);
  });
});

describe('Elastic', () => {
  const french = (hours: number, over: Partial<Sighting> = {}) =>
    login(hours, 10, { place: at(10, 'FR'), ...over });

  it('fires for two countries within half an hour', () => {
    expect(count(elastic, login(0, 0), french(0.4))).toBe(1);
    expect(count(elastic, login(0, 0), french(0.6))).toBe(0);
    expect(count(elastic, login(0, 0), login(0.1, 0), french(0.4))).toBe(1);
  });

  it('leaves proxies out and runs every fifteen minutes', () => {
    expect(count(elastic, login(0, 0), french(0.4, { network: network(1, 'proxy') }))).toBe(0);
    expect(count(elastic, login(0, 0), french(0.01), login(0.02, 0), french(0.03))).toBe(1);
  });
});
