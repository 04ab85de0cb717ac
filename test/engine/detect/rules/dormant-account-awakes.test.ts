import { describe, expect, it } from 'vitest';
import type { PersonFacts, Sighting } from '../../../../src/engine/detect/facts.ts';
import { aSession, withUsers } from '../../../support/live-session.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';
import {
  aSighting,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  network,
  NOW_MS,
  phone,
} from '../../../support/sighting.ts';

const at = NOW_MS - HOUR;
/** A life at home that ended so many days ago. */
const pastLife = (daysAgo: number) =>
  lifeAtHome().map((each) => ({
    ...each,
    fromMs: each.toMs - daysAgo * DAY,
    toMs: each.toMs - daysAgo * DAY,
  }));
const found = (facts: PersonFacts) => foundBy('dormant-account-awakes', facts);
const facts = (...sightings: readonly Sighting[]) => factsOf(...sightings);

describe('a dormant account that awakes', () => {
  it('is medium after over 90 days, from a device or network that is new', () => {
    const [finding, ...others] = found(
      facts(...pastLife(100), aSighting({ atMs: at, device: phone }), aSighting({ atMs: at + 1 })),
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      atMs: at,
      evidence: { daysAsleep: 101, newDevice: true, newNetwork: false },
    });
    expect(finding?.explanation).toMatch(readable);
    expect(found(facts(...pastLife(100), aSighting({ atMs: at, network: network(7) })))).toHaveLength(1);
  });

  it('is not told after less, nor from the old device and network', () => {
    expect(found(facts(...pastLife(80), aSighting({ atMs: at, device: phone })))).toEqual([]);
    expect(found(facts(...pastLife(100), aSighting({ atMs: at })))).toEqual([]);
  });

  it('is an info after over 180 days, whatever it is used from', () => {
    const late = withUsers(facts(aSighting({ atMs: at })), { seenBeforeMs: at - 200 * DAY });
    expect(found(late)).toMatchObject([{ severity: 'info', evidence: { daysAsleep: 200, newDevice: null } }]);
    expect(found(facts(aSighting({ atMs: at })))).toEqual([]);
  });

  it('is learning for an account that was hardly used before', () => {
    expect(
      found(facts(aSighting({ atMs: NOW_MS - 110 * DAY }), aSighting({ atMs: at, device: phone }))),
    ).toMatchObject([{ state: 'learning' }]);
  });

  it('is of one account: another one of the person may be in use', () => {
    const other = lifeAtHome(80, { source: 'files' });
    expect(found(facts(...pastLife(100), ...other, aSighting({ atMs: at, device: phone })))).toHaveLength(1);
  });

  it('can’t be judged while an older session is live, whose use nobody tells', () => {
    const silent = aSession({
      tellsLastSeen: false,
      startedAtMs: NOW_MS - 105 * DAY,
      firstObservedAtMs: NOW_MS - 105 * DAY,
    });
    const awake = { ...facts(...pastLife(100), aSighting({ atMs: at, device: phone })), sessions: [silent] };
    expect(found(awake)).toEqual([]);
    expect(unjudgedBy('dormant-account-awakes', awake)).toEqual([
      'An older session is still live, and the source does not tell when it was used.',
    ]);
    expect(found({ ...awake, sessions: [{ ...silent, tellsLastSeen: true }] })).toHaveLength(1);
  });
});
