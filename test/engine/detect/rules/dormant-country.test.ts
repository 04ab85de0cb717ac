import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { foundBy, unjudgedBy } from '../../../support/judged.ts';
import {
  aSighting,
  berlin,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  network,
  NOW_MS,
  paris,
} from '../../../support/sighting.ts';

const rule = 'dormant-country';
const inFrance = (daysAgo: number, over: Partial<Sighting> = {}) =>
  aSighting({ atMs: NOW_MS - daysAgo * DAY, sessionKey: 'k', place: paris, network: network(2), ...over });
const back = (over: Partial<Sighting> = {}) => inFrance(1, over);

describe('a known country that was not seen for a month', () => {
  it('is low when the person is back', () => {
    const [finding, ...others] = foundBy(rule, factsOf(inFrance(45), ...lifeAtHome(40), back()));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'low',
      state: 'open',
      title: 'Back in France after 44 days',
      evidence: { country: 'FR', countriesMeanwhile: ['DE'], unseenDays: 44, deviceKnown: true },
    });
    expect(finding?.explanation).toContain('meanwhile the person was in Germany');
  });

  it('is learning until the person is mature', () => {
    expect(foundBy(rule, factsOf(inFrance(45), ...lifeAtHome(3), back()))[0]?.state).toBe('learning');
  });

  it('is not told before 30 days, nor after 90, when the country is new', () => {
    expect(foundBy(rule, factsOf(inFrance(30), ...lifeAtHome(40), back()))).toEqual([]);
    expect(foundBy(rule, factsOf(inFrance(92), ...lifeAtHome(40), back()))).toEqual([]);
  });

  it('is not told of somebody who was seen nowhere else: nothing follows from absence', () => {
    const before = [45, 46, 47].map((day) => aSighting({ atMs: NOW_MS - day * DAY, place: berlin }));
    const homecoming = aSighting({ atMs: NOW_MS - HOUR, place: berlin });
    expect(foundBy(rule, factsOf(inFrance(60), ...before, homecoming))).toEqual([]);
  });

  it('is told once per return', () => {
    const stay = [back(), inFrance(0.9), inFrance(0.5)];
    expect(foundBy(rule, factsOf(inFrance(45), ...lifeAtHome(40), ...stay))).toHaveLength(1);
  });

  it('is not told of a country that an analyst called known', () => {
    const learned = [{ feature: 'country', value: 'FR' }] as const;
    const facts = factsOf(inFrance(45), ...lifeAtHome(40), back());
    expect(foundBy(rule, { ...facts, learned })).toEqual([]);
  });

  it('is not hidden by an attack from there meanwhile, nor taught by it', () => {
    const attack = inFrance(20, { isQuarantined: true });
    const facts = factsOf(inFrance(45), ...lifeAtHome(40), attack, back());
    expect(foundBy(rule, facts).map(({ atMs }) => atMs)).toEqual([NOW_MS - DAY]);
  });

  it('can’t be judged behind a VPN, and says so', () => {
    const facts = factsOf(inFrance(45), ...lifeAtHome(40), back({ network: network(2, 'vpn') }));
    expect(foundBy(rule, facts)).toEqual([]);
    expect(unjudgedBy(rule, facts)).toEqual([expect.stringContaining('“vpn”')]);
  });
});
