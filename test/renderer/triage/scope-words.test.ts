import { expect, it } from 'vitest';
import type { SuppressionScope } from '../../../src/contract/suppression.ts';
import { scopeWords } from '../../../src/renderer/triage/scope-words.ts';

const nothing: SuppressionScope = {
  rule: null,
  source: null,
  userId: null,
  network: null,
  asn: null,
  countries: null,
  client: null,
  list: null,
};

it('says what a suppression silences in words of the page, a user with the source it is at', () => {
  expect(scopeWords({ ...nothing, rule: 'impossible-travel', source: 'app', userId: 'u-17' })).toEqual([
    'rule Impossible travel',
    'user u-17 at app',
  ]);
  expect(scopeWords({ ...nothing, source: 'app', asn: 64500, network: '203.0.113.0/24' })).toEqual([
    'source app',
    'network 203.0.113.0/24',
    'AS64500',
  ]);
  expect(
    scopeWords({ ...nothing, countries: ['FR', 'RO'], client: 'Firefox on Linux', list: 'vpn' }),
  ).toEqual(['between FR and RO', 'client Firefox on Linux', 'on vpn']);
  expect(scopeWords({ ...nothing, countries: ['FR', 'FR'] })).toEqual(['in FR']);
});
