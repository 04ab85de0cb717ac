import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { defaultSettings } from '../../../../src/engine/detect/settings.ts';
import { foundBy, unjudgedBy } from '../../../support/judged.ts';
import {
  aSighting,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  network,
  NOW_MS,
  paris,
  type SightingParts,
} from '../../../support/sighting.ts';

const rule = 'country-policy';
const inFrance = (over: SightingParts = {}) =>
  aSighting({ atMs: NOW_MS - HOUR, sessionKey: 'k', place: paris, network: network(2), ...over });
const policy = (deniedCountries: readonly string[], allowedCountries: readonly string[] = []) => {
  return { settings: { ...defaultSettings, policy: { deniedCountries, allowedCountries } } };
};

describe('a country against the policy', () => {
  it('is high where it is denied, for whoever it is', () => {
    const [finding, ...others] = foundBy(rule, factsOf(inFrance()), policy(['FR']));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'high',
      state: 'open',
      title: 'Against the policy: France',
      sessions: ['k'],
      evidence: { country: 'FR', list: 'denied' },
    });
    expect(finding?.explanation).toContain('Your settings deny this country.');
  });

  it('is high where the allowed ones don’t name it', () => {
    const found = foundBy(rule, factsOf(...lifeAtHome(), inFrance()), policy([], ['DE']));
    expect(found.map(({ evidence }) => evidence)).toMatchObject([{ country: 'FR', list: 'allowed' }]);
  });

  it('is denied even where it is allowed too', () => {
    expect(foundBy(rule, factsOf(inFrance()), policy(['FR'], ['FR']))).toHaveLength(1);
  });

  it('says nothing without a policy, not even what it can’t judge', () => {
    expect(foundBy(rule, factsOf(inFrance()))).toEqual([]);
    expect(unjudgedBy(rule, factsOf(inFrance({ place: null })))).toEqual([]);
  });

  it('is told once per arrival, and again after 90 days', () => {
    const stay = [100, 99, 5, 4, 3].map((day) => inFrance({ atMs: NOW_MS - day * DAY }));
    const found = foundBy(rule, factsOf(...stay), policy(['FR']));
    expect(found.map(({ atMs }) => atMs)).toEqual([NOW_MS - 5 * DAY]);
  });

  it('is not told of a country that an analyst called known, nor of failed logins', () => {
    const learned = [{ feature: 'country', value: 'FR' }] as const;
    expect(foundBy(rule, { ...factsOf(inFrance()), learned }, policy(['FR']))).toEqual([]);
    expect(foundBy(rule, factsOf(inFrance({ outcome: 'failure' })), policy(['FR']))).toEqual([]);
  });

  it.each<[string, Partial<Sighting>, RegExp]>([
    ['a VPN', { network: network(2, 'vpn') }, /“vpn”/],
    ['no country', { place: { ...paris, country: null } }, /no country code/],
    ['no place', { place: null }, /No place/],
  ])('can’t be judged behind %s, and says so: unknown is not absent from the list', (_, over, reason) => {
    const facts = factsOf(inFrance(over));
    expect(foundBy(rule, facts, policy([], ['DE']))).toEqual([]);
    expect(unjudgedBy(rule, facts, policy([], ['DE']))).toEqual([expect.stringMatching(reason)]);
  });
});
