import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleId, Severity } from '../../../src/contract/rules.ts';
import { detect } from '../../../src/engine/detect/detect.ts';
import { groupIncidents, scoreNow, type Groupable } from '../../../src/engine/detect/incident.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import {
  aSighting,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  macbook,
  MINUTE,
  network,
  NOW_MS,
  paris,
  tokyo,
} from '../../support/sighting.ts';

const attacker = { prefix: '203.0.113.0/24', asn: 64_496, client: 'Chrome on Linux' };
const another = { prefix: '192.0.2.0/24', asn: 64_511, client: 'Firefox on Windows' };

function aFinding(rule: RuleId, severity: Severity, over: Partial<Groupable> = {}): Groupable {
  return {
    rule,
    severity,
    atMs: NOW_MS,
    sessions: [],
    infrastructure: attacker,
    state: 'open',
    ...over,
  };
}

const group = (...findings: Groupable[]) => groupIncidents(findings, defaultSettings);

describe('incidents', () => {
  it('are one for what one attacker leaves behind within a day', () => {
    const found = group(
      aFinding('impossible-travel', 'high'),
      aFinding('new-device', 'low', { atMs: NOW_MS + HOUR }),
      aFinding('new-country', 'medium', { atMs: NOW_MS + 24 * HOUR }),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ firstAtMs: NOW_MS, lastAtMs: NOW_MS + 24 * HOUR, isAlerting: true });
  });

  it('are two for two attackers at the same hour, though both travelled from the victim’s session', () => {
    expect(
      group(
        aFinding('impossible-travel', 'high', { sessions: ['home', 'first'] }),
        aFinding('impossible-travel', 'high', { sessions: ['home', 'second'], infrastructure: another }),
      ),
    ).toHaveLength(2);
  });

  it('are one for an attacker who rents the next machine at the same provider', () => {
    const next = { ...attacker, prefix: '198.51.100.0/24' };
    expect(
      group(aFinding('tor-exit', 'high'), aFinding('new-device', 'low', { infrastructure: next })),
    ).toHaveLength(1);
  });

  it('are one for one stolen session, wherever it is used from', () => {
    expect(
      group(
        aFinding('session-device-change', 'critical', { sessions: ['stolen'] }),
        aFinding('session-network-change', 'high', { sessions: ['stolen'], infrastructure: another }),
      ),
    ).toHaveLength(1);
  });

  it('are two when more than a day lies between', () => {
    expect(
      group(aFinding('new-device', 'low'), aFinding('new-device', 'low', { atMs: NOW_MS + 24 * HOUR + 1 })),
    ).toHaveLength(2);
  });

  it('join through a finding that links two others', () => {
    const middle = { ...attacker, prefix: another.prefix };
    const found = group(
      aFinding('tor-exit', 'high'),
      aFinding('new-country', 'medium', { infrastructure: another }),
      aFinding('new-network', 'low', { infrastructure: middle, atMs: NOW_MS + HOUR }),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.findings).toHaveLength(3);
  });

  it('are one for the attacker’s trip there and the victim’s trip back', () => {
    const found = detect(
      factsOf(
        ...lifeAtHome(),
        aSighting({ atMs: NOW_MS - 3 * HOUR }),
        aSighting({
          atMs: NOW_MS - 2 * HOUR,
          place: tokyo,
          ip: '203.0.114.9',
          network: network(64_496),
          device: macbook,
        }),
        aSighting({ atMs: NOW_MS - HOUR, network: network(64_511) }),
      ),
    ).findings.filter(({ rule }) => rule === 'impossible-travel');
    expect(found).toHaveLength(2);
    expect(groupIncidents(found, defaultSettings)).toHaveLength(1);
  });

  it('keep two intruders apart who visit one person on one day', () => {
    const intruder = (atMs: number, place: typeof tokyo, ip: string, asn: number) =>
      aSighting({ atMs, place, ip, network: network(asn), device: macbook });
    const found = detect(
      factsOf(
        ...lifeAtHome(),
        aSighting({ atMs: NOW_MS - 5 * HOUR }),
        intruder(NOW_MS - 4 * HOUR, tokyo, '203.0.114.9', 64_496),
        intruder(NOW_MS - 3.9 * HOUR, paris, '192.0.9.1', 64_511),
      ),
    ).findings;
    const incidents = groupIncidents(found, defaultSettings);
    expect(new Set(incidents.map(({ findings }) => findings[0]?.infrastructure.asn))).toEqual(
      new Set([64_496, 64_511]),
    );
  });

  it('are the same whatever the order of the findings', () => {
    const infrastructure = fc.record({
      prefix: fc.constantFrom(null, '203.0.113.0/24', '192.0.2.0/24'),
      asn: fc.constantFrom(null, 64_496, 64_511),
      client: fc.constantFrom(null, 'Chrome on Linux'),
    });
    const finding = fc.record({
      rule: fc.constantFrom<RuleId>('new-device', 'new-country', 'old-session', 'impossible-travel'),
      infrastructure,
      hour: fc.integer({ min: 0, max: 200 }),
      sessions: fc.subarray(['a', 'b']),
    });
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (made, weights) => {
        const findings = made.map(({ rule, hour, ...rest }, index) => ({
          ...aFinding(rule, 'low', { ...rest, atMs: NOW_MS + hour * HOUR }),
          index,
        }));
        const shuffled = findings
          .map((each) => ({ each, weight: weights.next().value ?? 0 }))
          .sort((a, b) => a.weight - b.weight)
          .map(({ each }) => each);
        const members = (some: typeof findings) =>
          new Set(
            groupIncidents(some, defaultSettings).map((one) =>
              one.findings
                .map(({ index }) => index)
                .sort((a, b) => a - b)
                .join(),
            ),
          );
        expect(members(shuffled)).toEqual(members(findings));
      }),
    );
  });
});

describe('the score of an incident', () => {
  it('adds weak signals up without ever reaching certainty', () => {
    const [incident] = group(
      aFinding('new-country', 'medium'),
      aFinding('new-device', 'medium'),
      aFinding('new-network', 'medium'),
    );
    expect(incident).toMatchObject({ score: 78.4, severity: 'high' });
  });

  it('is not saturated by one rule that repeats itself', () => {
    const hourly = Array.from({ length: 20 }, (_, hour) =>
      aFinding('new-network', 'low', { atMs: NOW_MS + hour * HOUR }),
    );
    expect(group(...hourly)[0]).toMatchObject({ score: 20, severity: 'low', isAlerting: false });
  });

  it('leaves out what is suppressed, still being learned or dismissed, which belongs all the same', () => {
    const [incident] = group(
      aFinding('new-device', 'low'),
      aFinding('impossible-travel', 'high', { state: 'suppressed' }),
      aFinding('tor-exit', 'high', { state: 'learning' }),
      aFinding('new-country', 'medium', { state: 'closed', verdict: 'false-positive' }),
    );
    expect(incident).toMatchObject({ score: 20, severity: 'low', isAlerting: false });
    expect(incident?.findings).toHaveLength(4);
  });

  it('halves in seven days, unless an analyst confirmed it', () => {
    const [open] = group(aFinding('tor-exit', 'high'));
    const [confirmed] = group(aFinding('tor-exit', 'high', { state: 'closed', verdict: 'true-positive' }));
    if (open === undefined || confirmed === undefined) throw new Error('no incident');
    expect(scoreNow(open, NOW_MS + 7 * DAY, defaultSettings)).toBe(35);
    expect(scoreNow(open, NOW_MS - MINUTE, defaultSettings)).toBe(70);
    expect(scoreNow(confirmed, NOW_MS + 70 * DAY, defaultSettings)).toBe(70);
    expect(confirmed).toMatchObject({ isConfirmed: true, isAlerting: false });
  });

  it('raises the severity by one step at the most', () => {
    const rules = [
      'new-device',
      'new-network',
      'new-os-or-browser',
      'dormant-country',
      'vpn-or-proxy',
      'relay-or-satellite',
    ] as const;
    const [incident] = group(...rules.map((rule) => aFinding(rule, 'low')));
    expect(incident).toMatchObject({ severity: 'medium', isAlerting: false });
  });

  it('of tidiness is a person’s one list, which interrupts nobody', () => {
    const found = group(
      aFinding('never-expiring-session', 'medium', { sessions: ['a'] }),
      aFinding('old-session', 'low', { sessions: ['b'], infrastructure: another }),
      aFinding('tor-exit', 'high', { sessions: ['a'] }),
    );
    expect(found.map(({ isAlerting, findings }) => [isAlerting, findings.length])).toEqual([
      [false, 2],
      [true, 1],
    ]);
  });
});
