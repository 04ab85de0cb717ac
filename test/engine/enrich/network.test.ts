import { describe, expect, it } from 'vitest';
import { mergeNetworks, networkOf, networkReaderOf } from '../../../src/engine/enrich/network.ts';
import { knownKindsOf, networkKindEntries } from '../../../src/engine/enrich/network-kinds.ts';
import { openMaxmind } from '../../support/maxmind-file.ts';

const kindsIn = (name: string, address: string) => {
  const mmdb = openMaxmind(name);
  return mmdb.lookup(address, networkReaderOf(mmdb.type))?.kinds ?? null;
};

describe("an analyst's databases", () => {
  it.each([
    ['1.2.0.1', ['vpn']],
    ['65.0.0.1', ['tor']],
    ['71.160.223.1', ['hosting']],
    ['186.30.236.1', ['proxy']],
    ['81.2.69.1', ['vpn', 'hosting', 'proxy', 'residential-proxy', 'tor']],
    ['216.160.83.56', null],
  ])('say of %s what Anonymous-IP flags', (address, kinds) => {
    expect(kindsIn('GeoIP2-Anonymous-IP-Test', address)).toEqual(kinds);
  });

  it.each([
    ['1.0.0.1', ['fixed']],
    ['1.0.1.1', ['cellular']],
    ['201.243.200.1', ['corporate']],
    ['214.78.120.1', ['satellite']],
  ])('say of %s what kind of line it is', (address, kinds) => {
    expect(kindsIn('GeoIP2-Connection-Type-Test', address)).toEqual(kinds);
  });

  it('call an address listed as residential proxy one', () => {
    expect(kindsIn('GeoIP-Residential-Proxy-Test', '1.2.0.4')).toEqual(['residential-proxy']);
    expect(kindsIn('GeoIP-Residential-Proxy-Test', '81.2.69.142')).toBeNull();
  });

  it('call a line with a mobile network code cellular', () => {
    const mmdb = openMaxmind('GeoIP2-ISP-Test');
    expect(mmdb.lookup('149.101.100.1', networkOf)).toEqual({
      asn: 6167,
      org: 'CELLCO-PART',
      kinds: ['cellular'],
    });
  });

  it('name the seller where the holder is missing', () => {
    expect(openMaxmind('GeoIP2-ISP-Test').lookup('5.83.124.1', networkOf)).toEqual({
      asn: null,
      org: 'WifiNetCom',
      kinds: [],
    });
    expect(openMaxmind('GeoLite2-ASN-Test').lookup('12.81.96.1', networkOf)).toEqual({
      asn: 7018,
      org: null,
      kinds: [],
    });
  });

  it('describe the network within an Enterprise record', () => {
    const found = openMaxmind('GeoIP2-Enterprise-Test').lookup('6.1.0.1', networkOf);
    expect(found).toEqual({ asn: null, org: null, kinds: ['fixed'] });
  });
});

describe('what kind of user a database tells of', () => {
  it.each([
    ['cellular', ['cellular']],
    ['residential', ['fixed']],
    ['hosting', ['hosting']],
    ['consumer_privacy_network', ['relay']],
  ])('%s says of the line %j', (type, kinds) => {
    expect(networkOf({ traits: { user_type: type } })).toMatchObject({ value: { kinds } });
  });

  it('business says nothing: he may well sit at the line’s own place', () => {
    expect(networkOf({ traits: { user_type: 'business' } })).toEqual({ kind: 'nothing' });
  });
});

describe('mergeNetworks', () => {
  it('lets the first database with a number decide, and never mixes its name with another number', () => {
    const own = { asn: 7018, org: null, kinds: [] };
    const bundled = { asn: 1221, org: 'Telstra', kinds: [] };
    expect(mergeNetworks([own, bundled])).toEqual({ asn: 7018, org: null, kinds: [] });
    expect(mergeNetworks([own, { ...bundled, asn: 7018, org: 'AT&T' }])?.org).toBe('AT&T');
  });

  it('adds kinds up in one order, those of the reviewed table included', () => {
    const anonymous = { asn: null, org: null, kinds: ['vpn' as const] };
    const bundled = { asn: 24940, org: 'Hetzner Online GmbH', kinds: [] };
    expect(mergeNetworks([anonymous, bundled])?.kinds).toEqual(['hosting', 'vpn']);
  });

  it('is nothing when nothing is known', () => {
    expect(mergeNetworks([])).toBeNull();
    expect(mergeNetworks([{ asn: null, org: null, kinds: [] }])).toBeNull();
  });
});

describe('the reviewed table of networks', () => {
  it('lists each number once, with a kind', () => {
    const numbers = networkKindEntries.map(([asn]) => asn);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThanOrEqual(40);
    expect(numbers.length).toBeLessThanOrEqual(80);
    for (const [asn] of networkKindEntries) expect(knownKindsOf(asn).length, String(asn)).toBeGreaterThan(0);
  });

  it('says nothing about a carrier that sells everything', () => {
    expect(knownKindsOf(3320)).toEqual([]);
    expect(knownKindsOf(null)).toEqual([]);
  });
});
