import { describe, expect, it } from 'vitest';
import { foundBy, unjudgedBy } from '../../../support/judged.ts';
import { organisationOf } from '../../../support/organisation.ts';
import {
  aSighting,
  berlin,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  macbook,
  munich,
  network,
  NOW_MS,
  type SightingParts,
} from '../../../support/sighting.ts';

const rule = 'new-network';
const hotel = (over: SightingParts = {}) =>
  aSighting({ atMs: NOW_MS - HOUR, sessionKey: 'k', place: munich, network: network(2), ...over });

describe('a new network', () => {
  it('is low', () => {
    const [finding, ...others] = foundBy(rule, factsOf(...lifeAtHome(), hotel()));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'low',
      state: 'open',
      title: 'First time on AS2 “Network 2”',
      sessions: ['k'],
      evidence: { asn: 2, networksBefore: ['64500'], deviceKnown: true, cityKnown: false, loginShare: null },
    });
    expect(finding?.explanation).toContain('the person was on AS64500, and not on this one');
    expect(finding?.explanation).toContain('how usual the network is for others is not known');
  });

  it('is medium where fewer than one in 50,000 logins of the organisation come from there', () => {
    const severities = [1.9e-5, 2e-5, null].map(
      (share) =>
        foundBy(rule, factsOf(...lifeAtHome(), hotel()), { organisation: organisationOf(0, share) })[0]
          ?.severity,
    );
    expect(severities).toEqual(['medium', 'low', 'low']);
  });

  it('is not told where five others of the organisation use it', () => {
    const told = (others: number) =>
      foundBy(rule, factsOf(...lifeAtHome(), hotel()), { organisation: organisationOf(others) }).length;
    expect([4, 5].map(told)).toEqual([1, 0]);
  });

  it('is suppressed, visibly, in a known city on a known device: a change of provider', () => {
    const [finding] = foundBy(rule, factsOf(...lifeAtHome(), hotel({ place: berlin })));
    expect(finding).toMatchObject({
      state: 'suppressed',
      suppressedBy: 'The city and the device are known: people change their provider.',
    });
    const [other] = foundBy(rule, factsOf(...lifeAtHome(), hotel({ place: berlin, device: macbook })));
    expect(other?.state).toBe('open');
  });

  it('is learning until the person is mature', () => {
    expect(foundBy(rule, factsOf(...lifeAtHome(3), hotel()))[0]?.state).toBe('learning');
  });

  it('is told once per arrival, and never of the first network of all', () => {
    const stay = Array.from({ length: 9 }, (_, hour) => hotel({ atMs: NOW_MS - DAY + hour * HOUR }));
    expect(foundBy(rule, factsOf(...lifeAtHome(), ...stay))).toHaveLength(1);
    expect(foundBy(rule, factsOf(...stay))).toEqual([]);
  });

  it('is told again when the first arrival was an attack', () => {
    const attack = hotel({ atMs: NOW_MS - 5 * DAY, isQuarantined: true });
    const more = hotel({ atMs: NOW_MS - 5 * DAY + HOUR, isQuarantined: true });
    const found = foundBy(rule, factsOf(...lifeAtHome(), attack, more, hotel()));
    expect(found.map(({ atMs }) => atMs)).toEqual([attack.toMs, NOW_MS - HOUR]);
  });

  it('is not told of a network that an analyst called known', () => {
    const learned = [{ feature: 'asn', value: '2' }] as const;
    expect(foundBy(rule, { ...factsOf(...lifeAtHome(), hotel()), learned })).toEqual([]);
  });

  it('is not told of Tor and relays, whose exits change by themselves', () => {
    for (const kind of ['tor', 'relay'] as const) {
      expect(foundBy(rule, factsOf(...lifeAtHome(), hotel({ network: network(2, kind) })))).toEqual([]);
    }
  });

  it('can’t be judged without a network, and says so', () => {
    const facts = factsOf(...lifeAtHome(), hotel({ network: null }));
    expect(foundBy(rule, facts)).toEqual([]);
    expect(unjudgedBy(rule, facts)).toEqual(['No network is known for the address.']);
  });

  it('is told a thousand times at most, of the latest, and says that there are more', () => {
    const crowd = Array.from({ length: 1200 }, (_, index) =>
      hotel({ atMs: NOW_MS - 2 * DAY + index * 1000, network: network(index + 10) }),
    );
    const facts = factsOf(...lifeAtHome(), ...crowd);
    const found = foundBy(rule, facts);
    expect(found).toHaveLength(1000);
    expect(found.at(-1)?.atMs).toBe(crowd[1199]?.toMs);
    expect(unjudgedBy(rule, facts)).toEqual(['More than 1000 arrivals: the oldest are left out.']);
  });
});
