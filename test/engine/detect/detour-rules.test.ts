import { describe, expect, it } from 'vitest';
import type { NetworkKind } from '../../../src/contract/place.ts';
import type { RuleId } from '../../../src/contract/rules.ts';
import { foundBy, unjudgedBy } from '../../support/judged.ts';
import { tagged } from '../../support/live-session.ts';
import { organisationOf } from '../../support/organisation.ts';
import {
  aSighting,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  macbook,
  network,
  NOW_MS,
  type SightingParts,
} from '../../support/sighting.ts';

const through = (kinds: readonly NetworkKind[], over: SightingParts = {}) =>
  aSighting({ atMs: NOW_MS - HOUR, sessionKey: 'k', network: network(9, ...kinds), ...over });
const rules = ['hosting-network', 'vpn-or-proxy', 'tor-exit', 'relay-or-satellite'] as const;

describe('networks that hide the person', () => {
  it.each<[RuleId, string, NetworkKind[], string, string]>([
    ['hosting-network', 'medium', ['hosting'], 'Through a data centre: AS9 “Network 9”', 'open'],
    ['vpn-or-proxy', 'medium', ['vpn'], 'Through a VPN: AS9 “Network 9”', 'open'],
    ['vpn-or-proxy', 'medium', ['proxy'], 'Through a proxy: AS9 “Network 9”', 'open'],
    [
      'vpn-or-proxy',
      'medium',
      ['residential-proxy'],
      'Through a proxy in somebody’s home: AS9 “Network 9”',
      'open',
    ],
    ['tor-exit', 'high', ['tor'], 'Through Tor: AS9 “Network 9”', 'open'],
    ['relay-or-satellite', 'info', ['relay'], 'Through a privacy relay: AS9 “Network 9”', 'open'],
    ['relay-or-satellite', 'info', ['satellite'], 'Through a satellite: AS9 “Network 9”', 'open'],
  ])('are told by %s, %s for %j', (rule, severity, kinds, title, state) => {
    const [finding, ...others] = foundBy(rule, factsOf(...lifeAtHome(), through(kinds)));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity,
      title,
      state,
      sessions: ['k'],
      evidence: { kind: kinds[0], kinds, isFirst: true, withinDays: 90, placeUnreliable: true },
    });
    expect(finding?.explanation).toContain('which is not where the person is');
  });

  it.each<[NetworkKind[], string[]]>([
    [['hosting', 'tor', 'vpn'], ['tor-exit']],
    [['hosting', 'relay'], ['relay-or-satellite']],
    [['hosting', 'vpn'], ['vpn-or-proxy']],
    [['corporate'], []],
    [['fixed'], []],
    [['cellular'], []],
    [[], []],
  ])('of the kinds %j are told by one rule: %j', (kinds, expected) => {
    const facts = factsOf(...lifeAtHome(), through(kinds));
    expect(rules.filter((rule) => foundBy(rule, facts).length > 0)).toEqual(expected);
  });

  it.each(rules)('say by %s what they can’t judge', (rule) => {
    const facts = factsOf(through([], { network: null }), through(['vpn', 'tor'], { quality: 'untrusted' }));
    expect(foundBy(rule, facts)).toEqual([]);
    expect(unjudgedBy(rule, facts).toSorted()).toEqual([
      'No network is known for the address.',
      'The source states times that are known to be wrong.',
    ]);
  });

  it.each<[RuleId, NetworkKind]>([
    ['hosting-network', 'hosting'],
    ['vpn-or-proxy', 'vpn'],
    ['relay-or-satellite', 'relay'],
  ])('are told once per provider by %s, and again after 90 days without it', (rule, kind) => {
    const days = [100, 9, 8, 7].map((day) => through([kind], { atMs: NOW_MS - day * DAY }));
    const other = through([kind], { atMs: NOW_MS - DAY, network: network(10, kind) });
    const found = foundBy(rule, factsOf(...lifeAtHome(30), ...days, other));
    expect(found.map(({ atMs }) => (NOW_MS - atMs) / DAY)).toEqual([9, 1]);
  });

  it.each<[RuleId, NetworkKind, string]>([
    ['hosting-network', 'hosting', 'learning'],
    ['vpn-or-proxy', 'vpn', 'learning'],
    ['relay-or-satellite', 'relay', 'learning'],
    ['tor-exit', 'tor', 'open'],
  ])('are told by %s of people without a history: %s, %s', (rule, kind, state) => {
    expect(foundBy(rule, factsOf(through([kind])))[0]?.state).toBe(state);
  });

  it.each<[RuleId, NetworkKind]>([
    ['hosting-network', 'hosting'],
    ['vpn-or-proxy', 'vpn'],
  ])('are suppressed, visibly, for %s at a gateway of the company and for service accounts', (rule, kind) => {
    const [gateway] = foundBy(rule, factsOf(...lifeAtHome(), through([kind, 'corporate'])));
    expect(gateway).toMatchObject({
      state: 'suppressed',
      suppressedBy: 'The network is a gateway of the company.',
    });
    const [service] = foundBy(rule, tagged(factsOf(...lifeAtHome(), through([kind])), 'service'));
    expect(service).toMatchObject({ state: 'suppressed' });
    expect(service?.explanation).toContain('Not alerted. The user is a service account');
  });

  it.each<[RuleId, NetworkKind, string, string]>([
    ['hosting-network', 'hosting', 'medium', 'low'],
    ['vpn-or-proxy', 'vpn', 'medium', 'low'],
    ['tor-exit', 'tor', 'high', 'high'],
  ])('are one step lower by %s where the organisation uses them, Tor apart', (rule, kind, few, many) => {
    const severityAt = (others: number) =>
      foundBy(rule, factsOf(...lifeAtHome(), through([kind])), { organisation: organisationOf(others) })[0]
        ?.severity;
    expect([severityAt(4), severityAt(5)]).toEqual([few, many]);
  });

  it('are not told where an analyst called the network known, Tor apart', () => {
    const learned = [{ feature: 'asn', value: '9' }] as const;
    const told = (kind: NetworkKind) =>
      rules.filter((rule) => foundBy(rule, { ...factsOf(through([kind])), learned }).length > 0);
    expect((['hosting', 'vpn', 'relay', 'tor'] as const).map(told)).toEqual([[], [], [], ['tor-exit']]);
  });

  it('are not told of failed logins', () => {
    const facts = factsOf(
      ...(['hosting', 'vpn', 'relay', 'tor'] as const).map((kind) => through([kind], { outcome: 'failure' })),
    );
    expect(rules.flatMap((rule) => foundBy(rule, facts))).toEqual([]);
  });
});

describe('a VPN or proxy', () => {
  it('is low for who used another one in the 90 days before', () => {
    const before = through(['proxy'], { atMs: NOW_MS - 40 * DAY, network: network(10, 'proxy') });
    const found = foundBy('vpn-or-proxy', factsOf(...lifeAtHome(30), before, through(['vpn'])));
    expect(found.map(({ severity }) => severity)).toEqual(['medium', 'low']);
  });

  it('is high with a device that is new for the person', () => {
    const [finding] = foundBy(
      'vpn-or-proxy',
      factsOf(...lifeAtHome(), through(['vpn'], { device: macbook })),
    );
    expect(finding?.severity).toBe('high');
    expect(finding?.explanation).toContain('The device is new for this person too');
  });
});

describe('a data centre', () => {
  it('is not told of scripts, and they don’t hide a person who comes from there later', () => {
    const script = through(['hosting'], { atMs: NOW_MS - 5 * DAY, device: { ...macbook, kind: 'script' } });
    expect(foundBy('hosting-network', factsOf(...lifeAtHome(), script))).toEqual([]);
    expect(foundBy('hosting-network', factsOf(...lifeAtHome(), script, through(['hosting'])))).toHaveLength(
      1,
    );
  });
});

describe('Tor', () => {
  it('is told again after a day without it, whatever exit it was', () => {
    const hours = [100, 90, 80, 70, 40].map((hour, index) =>
      through(['tor'], { atMs: NOW_MS - hour * HOUR, network: network(index, 'tor') }),
    );
    const found = foundBy('tor-exit', factsOf(...hours));
    expect(found.map(({ atMs }) => (NOW_MS - atMs) / HOUR)).toEqual([100, 40]);
    expect(found.map(({ evidence }) => evidence.isFirst)).toEqual([true, false]);
  });
});
