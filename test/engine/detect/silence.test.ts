import { describe, expect, it } from 'vitest';
import type { SuppressionScope } from '../../../src/contract/suppression.ts';
import { silencedBy, type Silenceable } from '../../../src/engine/detect/silence.ts';
import { ruleFinding } from '../../support/records.ts';
import { scopeOf } from '../../support/triage.ts';

const away = {
  sighting: 'a',
  ip: '203.0.113.9',
  country: 'JP',
  asn: 64_500,
  networkKinds: ['vpn'],
  browser: null,
  os: null,
  deviceKind: null,
};
const home = {
  ...away,
  sighting: 'b',
  ip: '198.51.100.7',
  country: 'DE',
  asn: 64_496,
  networkKinds: ['fixed'],
};
const travel = ruleFinding({ evidence: { from: home, to: away } });

const silences = (scope: Partial<SuppressionScope>, finding: Silenceable = travel) =>
  silencedBy(scopeOf(scope))(finding);

describe('a scope', () => {
  it.each<[string, Partial<SuppressionScope>]>([
    ['its rule', { rule: 'impossible-travel' }],
    ['its source', { source: 'chat' }],
    ['its user', { source: 'chat', userId: 'u-ann' }],
    ['its address', { network: '203.0.113.9' }],
    ['a network its address is in', { network: '203.0.0.0/16' }],
    ['its ASN', { asn: 64_500 }],
    ['its countries, in any order', { countries: ['DE', 'JP'] }],
    ['its countries, the other way round', { countries: ['JP', 'DE'] }],
    ['its client, in any case', { client: 'FIREFOX on windows' }],
    ['a kind of its network', { list: 'vpn' }],
    [
      'all of them together',
      { rule: 'impossible-travel', source: 'chat', network: '203.0.113.0/24', asn: 64_500, list: 'VPN' },
    ],
  ])('matches a finding by %s', (_, scope) => {
    expect(silences(scope)).toBe(true);
  });

  it.each<[string, Partial<SuppressionScope>]>([
    ['rule', { rule: 'new-country' }],
    ['source', { source: 'app' }],
    ['user', { source: 'chat', userId: 'u-bob' }],
    ['address of the same block', { network: '203.0.113.7' }],
    ['network, though the victim’s home is in it', { network: '198.51.100.0/24' }],
    ['ASN, though it is the home’s', { asn: 64_496 }],
    ['pair of countries', { countries: ['DE', 'FR'] }],
    ['single country', { countries: ['JP', 'JP'] }],
    ['client', { client: 'Chrome on Windows' }],
    ['list, though the home’s network is of that kind', { list: 'fixed' }],
    ['term out of several', { rule: 'impossible-travel', asn: 1 }],
  ])('leaves a finding alone by another %s', (_, scope) => {
    expect(silences(scope)).toBe(false);
  });

  it('goes by the block where no evidence names the address', () => {
    const bare = { ...travel, evidence: {} };
    expect(silences({ network: '203.0.113.0/24' }, bare)).toBe(true);
    expect(silences({ network: '203.0.113.9' }, bare)).toBe(false);
    const nowhere = { ...bare, infrastructure: { prefix: null, asn: null, client: null } };
    expect(silences({ network: '0.0.0.0/0' }, nowhere)).toBe(false);
  });

  it('knows the countries of an arrival by those before it', () => {
    const arrival = ruleFinding({
      rule: 'new-country',
      evidence: { sighting: away, countriesBefore: ['DE', 'AT'] },
    });
    expect(silences({ countries: ['AT', 'JP'] }, arrival)).toBe(true);
  });

  it('matches a list by its name', () => {
    const listed = ruleFinding({
      evidence: { sighting: away, lists: [{ list: 'Blocklist', entry: '203.0.113.0/24' }] },
    });
    expect(silences({ list: 'blocklist' }, listed)).toBe(true);
    expect(silences({ list: 'other' }, listed)).toBe(false);
  });

  it('bears evidence of any shape', () => {
    const deep = {
      a: { b: { c: { d: { e: { f: home } } } } },
      list: 7,
      countriesBefore: 'DE',
      x: [null, [away]],
    };
    expect(silences({ list: 'vpn' }, { ...travel, evidence: deep })).toBe(true);
  });
});
