import { describe, expect, it } from 'vitest';
import { foundBy, unjudgedBy } from '../../../support/judged.ts';
import { organisationOf } from '../../../support/organisation.ts';
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

const rule = 'new-country-for-organisation';
const nobody = { organisation: organisationOf(0) };
const inFrance = (over: SightingParts = {}) =>
  aSighting({ atMs: NOW_MS - HOUR, sessionKey: 'holiday', place: paris, network: network(2), ...over });
const home = (days = 20) => lifeAtHome(days, { kind: 'activity' });

describe('a country where nobody of the organisation was', () => {
  it('is high', () => {
    const inGermany = {
      organisation: { ...organisationOf(0), others: (_: string, value: string) => (value === 'DE' ? 9 : 0) },
    };
    const [finding, ...others] = foundBy(rule, factsOf(...home(), inFrance()), inGermany);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'high',
      state: 'open',
      title: 'Nobody was in France before',
      sessions: ['holiday'],
      evidence: { country: 'FR', countriesBefore: ['DE'], unseenDays: 90, deviceKnown: true },
    });
    expect(finding?.explanation).toContain(
      'No other user with a history was seen there in the 90 days before',
    );
  });

  it('is told of an account without any history, which is what it is for', () => {
    const [finding] = foundBy(rule, factsOf(inFrance()), nobody);
    expect(finding).toMatchObject({ state: 'open', evidence: { countriesBefore: [] } });
  });

  it('is not evaluable for who is all there is of the organisation', () => {
    const facts = factsOf(...home(), inFrance());
    expect(foundBy(rule, facts, nobody).map(({ evidence }) => evidence.country)).not.toContain('FR');
    expect(unjudgedBy(rule, facts, nobody)).toContain('Nobody else is known where this person usually is.');
  });

  it('asks for the 90 days before, without the person itself', () => {
    const asked: unknown[] = [];
    const organisation = {
      ...organisationOf(0),
      others: (...question: unknown[]) => {
        asked.push(question);
        return 0;
      },
    };
    const facts = factsOf(inFrance());
    foundBy(rule, facts, { organisation });
    expect(asked).toContainEqual(['country', 'FR', { atMs: NOW_MS - HOUR, days: 90, except: facts.users }]);
  });

  it('is not told where one other person was', () => {
    expect(foundBy(rule, factsOf(...home(), inFrance()), { organisation: organisationOf(1) })).toEqual([]);
  });

  it('is told once per arrival', () => {
    const stay = Array.from({ length: 9 }, (_, hour) => inFrance({ atMs: NOW_MS - DAY + hour * HOUR }));
    expect(foundBy(rule, factsOf(...stay), nobody)).toHaveLength(1);
  });

  it('is not told of a country that an analyst called known', () => {
    const learned = [{ feature: 'country', value: 'FR' }] as const;
    expect(foundBy(rule, { ...factsOf(inFrance()), learned }, nobody)).toEqual([]);
  });

  it('can’t be judged where nothing is known of the organisation, and says so', () => {
    const unknown = { organisation: organisationOf(null) };
    expect(foundBy(rule, factsOf(inFrance()), unknown)).toEqual([]);
    expect(unjudgedBy(rule, factsOf(inFrance()), unknown)).toEqual([
      'Nothing is known of the organisation at that time.',
    ]);
  });

  it('can’t be judged behind a VPN, and says so', () => {
    const facts = factsOf(inFrance({ network: network(2, 'vpn') }));
    expect(foundBy(rule, facts, nobody)).toEqual([]);
    expect(unjudgedBy(rule, facts, nobody)).toEqual([expect.stringContaining('“vpn”')]);
  });
});
