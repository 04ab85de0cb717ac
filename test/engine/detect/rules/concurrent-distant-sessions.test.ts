import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { foundBy, unjudgedBy } from '../../../support/judged.ts';
import { tagged } from '../../../support/live-session.ts';
import {
  aSighting,
  berlin,
  factsOf,
  HOUR,
  lifeAtHome,
  macbook,
  MINUTE,
  network,
  NOW_MS,
  paris,
  tokyo,
  type SightingParts,
} from '../../../support/sighting.ts';

const rule = 'concurrent-distant-sessions';
const at = NOW_MS - 5 * HOUR;
const home = (over: SightingParts = {}) =>
  aSighting({ kind: 'activity', atMs: at, sessionKey: 'home', network: network(1), ...over });
const away = (over: SightingParts = {}) =>
  aSighting({
    kind: 'activity',
    atMs: at + 15 * MINUTE,
    sessionKey: 'away',
    place: tokyo,
    network: network(2),
    ip: '203.0.114.9',
    device: macbook,
    ...over,
  });

describe('two sessions that are used at once, far apart', () => {
  it('are high', () => {
    const [finding, ...others] = foundBy(rule, factsOf(...lifeAtHome(), home(), away()));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'high',
      state: 'open',
      title: 'Two sessions at once, 8,917 km apart: “Berlin”, Germany and “Tokyo”, Japan',
      sessions: ['home', 'away'],
      evidence: { distanceKm: 8917, gapMinutes: 15, reachKm: 350, probability: 0.9604, suppression: null },
    });
    expect(finding?.explanation).toContain('used within 15 minutes');
    expect(finding?.explanation).toContain('How sure: 96.0 %');
  });

  it('are learning until the person is mature', () => {
    expect(foundBy(rule, factsOf(home(), away()))[0]?.state).toBe('learning');
  });

  it('are not told beyond 15 minutes, counted as the longest gap that both times allow', () => {
    expect(foundBy(rule, factsOf(home(), away({ atMs: at + 16 * MINUTE })))).toEqual([]);
    expect(foundBy(rule, factsOf(home({ fromMs: at - MINUTE }), away()))).toEqual([]);
    expect(
      foundBy(rule, factsOf(home({ fromMs: at - MINUTE }), away({ atMs: at + 14 * MINUTE }))),
    ).toHaveLength(1);
  });

  it('are told once for a pair of sessions, in whatever city they are seen', () => {
    const turns = Array.from({ length: 12 }, (_, turn) =>
      turn % 2 === 0
        ? home({ atMs: at + turn * 5 * MINUTE })
        : away({
            atMs: at + turn * 5 * MINUTE,
            place: turn % 3 === 0 ? tokyo : { ...tokyo, lat: 34.7, city: 'Osaka' },
          }),
    );
    expect(foundBy(rule, factsOf(...turns))).toHaveLength(1);
  });

  it.each<[string, Partial<Sighting>]>([
    ['one session that moves', { sessionKey: 'home' }],
    ['one device', { device: home().device }],
    ['one place', { place: berlin }],
    ['a place in reach', { place: { ...paris, accuracyKm: 900 } }],
    ['a cellular line', { network: network(2, 'cellular') }],
    ['a company gateway', { network: network(2, 'corporate') }],
    ['a login that no poll saw alive', { kind: 'login' }],
    ['our own poll', { isOwnPoll: true }],
  ])('are not told of %s', (_, over) => {
    expect(foundBy(rule, factsOf(home(), away(over)))).toEqual([]);
  });

  it('are suppressed, visibly, where the person is known for both networks and devices', () => {
    const office = { network: network(2), place: tokyo, device: macbook };
    const usual = [...lifeAtHome(20, { network: network(1) }), ...lifeAtHome(19, office)];
    const [finding, ...others] = foundBy(rule, factsOf(...usual, home(), away()));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({ state: 'suppressed' });
    expect(finding?.suppressedBy).toContain('known for every one of these networks');
    expect(foundBy(rule, factsOf(...usual, home(), away({ network: network(3) })))[0]?.state).toBe('open');
  });

  it('are suppressed, visibly, for an account that is tagged as shared', () => {
    const facts = tagged(factsOf(...lifeAtHome(), home(), away()), 'shared');
    expect(foundBy(rule, facts)[0]).toMatchObject({
      state: 'suppressed',
      suppressedBy: 'The account is used by several people.',
    });
  });

  it('are told across the sources of a person', () => {
    expect(foundBy(rule, factsOf(home(), away({ source: 'files' })))).toMatchObject([{ source: 'files' }]);
  });

  it.each<[string, Partial<Sighting>, RegExp]>([
    ['a device', { device: null }, /device .* unknown/],
    ['a place', { place: null }, /No place/],
    ['a time that is bounded', { fromMs: null }, /nothing says how long/],
  ])('can’t be judged without %s, and say so', (_, over, reason) => {
    const facts = factsOf(home(), away(over));
    expect(foundBy(rule, facts)).toEqual([]);
    expect(unjudgedBy(rule, facts)).toEqual([expect.stringMatching(reason)]);
  });
});
