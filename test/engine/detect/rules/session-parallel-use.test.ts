import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import {
  aSighting,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  MINUTE,
  network,
  NOW_MS,
} from '../../../support/sighting.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';

const at = NOW_MS - 5 * HOUR;
/** What a poll a minute saw: the network the session is in, when it was another one a minute before. */
const seen = (minutes: number, asn: number, over: Partial<Sighting> = {}) =>
  aSighting({
    kind: 'activity',
    sessionKey: 'k',
    fromMs: at + (minutes - 1) * MINUTE,
    toMs: at + minutes * MINUTE,
    ip: `81.2.${asn}.9`,
    network: network(asn),
    ...over,
  });
const found = (...sightings: readonly Sighting[]) => foundBy('session-parallel-use', factsOf(...sightings));

describe('a session in parallel use', () => {
  it('is critical when it goes there and back within a few polls', () => {
    const [finding, ...others] = found(...lifeAtHome(), seen(0, 1), seen(300, 2), seen(301, 1), seen(302, 2));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'critical',
      state: 'open',
      sessions: ['k'],
      atMs: at + 301 * MINUTE,
      evidence: { alternations: 2 },
    });
    expect(finding?.explanation).toMatch(readable);
  });

  it('is no commuter who comes home in the evening, nobody who moves on, and no two sessions', () => {
    expect(found(seen(0, 1), seen(10, 2), seen(40, 1))).toEqual([]);
    expect(found(seen(0, 1), seen(1, 2), seen(2, 3))).toEqual([]);
    expect(found(seen(0, 1), seen(1, 2, { sessionKey: 'l' }), seen(2, 1))).toEqual([]);
  });

  it('takes two addresses of one network for one place', () => {
    const v6 = { ip: '2a02:8108::1' };
    expect(found(seen(0, 1), seen(1, 1, v6), seen(2, 1), seen(3, 1, v6))).toEqual([]);
    const unknown = (minutes: number, ip: string) => seen(minutes, 1, { ip, network: null });
    expect(found(unknown(0, '81.2.1.1'), unknown(1, '81.2.2.1'), unknown(2, '81.2.1.7'))).toHaveLength(1);
  });

  it('is suppressed, visibly, for a phone between its carrier and WiFi', () => {
    const carrier = { network: network(2, 'cellular') };
    expect(found(seen(0, 1), seen(1, 2, carrier), seen(2, 1))).toMatchObject(
      [{ state: 'suppressed', suppressedBy: /cellular line/ }].map((each) => ({
        ...each,
        suppressedBy: expect.stringMatching(each.suppressedBy) as string,
      })),
    );
    const known = [1, 2].map((asn) => aSighting({ atMs: NOW_MS - 10 * DAY, network: network(asn) }));
    expect(found(...known, seen(0, 1), seen(1, 2), seen(2, 1))).toMatchObject([{ state: 'suppressed' }]);
  });

  it('can’t be judged without times, addresses or steady ids, and says so', () => {
    const reasons = (...sightings: readonly Sighting[]) =>
      unjudgedBy('session-parallel-use', factsOf(...sightings));
    expect(reasons(seen(0, 1), seen(1, 2, { fromMs: null }), seen(2, 1))).toEqual([
      'Nobody knows how long it was away, because polls are far apart.',
    ]);
    expect(reasons(seen(0, 1), seen(1, 2, { ip: null, network: null }))).toEqual([
      'The address of one of two sightings of a session is unknown.',
    ]);
    expect(reasons(seen(0, 1), seen(1, 2, { idReconnects: true }))).toEqual([
      'The source gives a session a new id at each reconnect, so moving is normal.',
    ]);
  });
});
