import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import {
  factsOf,
  aSighting,
  DAY,
  HOUR,
  laptop,
  lifeAtHome,
  network,
  NOW_MS,
  paris,
  phone,
} from '../../../support/sighting.ts';
import { tagged } from '../../../support/live-session.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';

const at = NOW_MS - HOUR;
const found = (...sightings: readonly Sighting[]) => foundBy('new-device', factsOf(...sightings));

describe('a new device', () => {
  it('is told once, low, from a network the person is known for', () => {
    const [finding, ...others] = found(
      ...lifeAtHome(),
      aSighting({ atMs: at, device: phone }),
      aSighting({ device: phone, atMs: at + 1 }),
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'low',
      state: 'open',
      atMs: at,
      evidence: { devicesBefore: 1, newNetwork: false },
    });
    expect(finding?.explanation).toMatch(readable);
  });

  it('is medium on a new network or in a new country, and one step more for an administrator', () => {
    const away = aSighting({ atMs: at, device: phone, network: network(7), place: paris });
    expect(found(...lifeAtHome(), away)).toMatchObject([
      { severity: 'medium', evidence: { newNetwork: true, newCountry: true } },
    ]);
    const administrator = tagged(factsOf(...lifeAtHome(), away), 'administrator');
    expect(foundBy('new-device', administrator)).toMatchObject([{ severity: 'high' }]);
  });

  it('is neither the first device of all, nor an update, nor one that was seen within 90 days', () => {
    expect(found(aSighting())).toEqual([]);
    expect(
      found(
        ...lifeAtHome(),
        aSighting({ atMs: at, device: { ...laptop, browserVersion: '158', osVersion: '11' } }),
      ),
    ).toEqual([]);
    const phoneAt = (atMs: number) => aSighting({ atMs, device: phone });
    const again = found(
      aSighting({ atMs: NOW_MS - 85 * DAY }),
      phoneAt(NOW_MS - 80 * DAY),
      ...lifeAtHome(),
      phoneAt(at),
    );
    expect(again.map(({ atMs }) => atMs)).toEqual([NOW_MS - 80 * DAY]);
  });

  it('is told by its token where there is one', () => {
    const known = lifeAtHome(20, { deviceToken: 'a' });
    expect(found(...known, aSighting({ atMs: at, deviceToken: 'a', device: phone }))).toEqual([]);
    expect(found(...known, aSighting({ atMs: at, deviceToken: 'b' }))).toHaveLength(1);
  });

  it('is not told of a failed login, nor of a device an analyst called known', () => {
    const stranger = aSighting({ atMs: at, device: phone });
    expect(found(...lifeAtHome(), { ...stranger, outcome: 'failure' })).toEqual([]);
    const learned = [{ feature: 'device' as const, value: 'Android|mobile|Chrome' }];
    expect(foundBy('new-device', { ...factsOf(...lifeAtHome(), stranger), learned })).toEqual([]);
  });

  it('is learning while little is known, and says what it can’t judge', () => {
    expect(found(aSighting(), aSighting({ atMs: at, device: phone }))).toMatchObject([{ state: 'learning' }]);
    expect(unjudgedBy('new-device', factsOf(aSighting({ device: null })))).toEqual([
      'The source states no device for the sighting.',
    ]);
  });
});
