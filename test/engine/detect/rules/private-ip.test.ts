import { describe, expect, it } from 'vitest';
import type { IpClass } from '../../../../src/contract/place.ts';
import { foundBy, unjudgedBy } from '../../../support/judged.ts';
import {
  aSighting,
  DAY,
  factsOf,
  lifeAtHome,
  NOW_MS,
  type SightingParts,
} from '../../../support/sighting.ts';

const rule = 'private-ip';
const inside = (over: SightingParts = {}) =>
  aSighting({ ip: '10.0.0.7', ipClass: 'private', place: null, network: null, sessionKey: 'k', ...over });

describe('an address from inside a network', () => {
  it('is an info about the source, not about the person', () => {
    const [finding, ...others] = foundBy(rule, factsOf(...lifeAtHome(), inside()));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'info',
      state: 'open',
      title: '“app” sees addresses from inside a network',
      evidence: { source: 'app', ipClass: 'private' },
    });
    expect(finding?.explanation).toContain('X-Forwarded-For');
  });

  it.each<[IpClass, number]>([
    ['private', 1],
    ['carrier-nat', 1],
    ['loopback', 1],
    ['unique-local', 1],
    ['public', 0],
    ['documentation', 0],
  ])('of the class %s is told %d times', (ipClass, count) => {
    expect(foundBy(rule, factsOf(inside({ ipClass })))).toHaveLength(count);
  });

  it('is told once per source, however often and by whomever', () => {
    const days = [40, 30, 20].flatMap((day) => [
      inside({ atMs: NOW_MS - day * DAY }),
      inside({ atMs: NOW_MS - day * DAY, source: 'files', outcome: 'failure' }),
    ]);
    const found = foundBy(rule, factsOf(...days));
    expect(found.map(({ source, atMs }) => [source, (NOW_MS - atMs) / DAY])).toEqual([
      ['app', 40],
      ['files', 40],
    ]);
  });

  it('keeps its key when an earlier one turns up later', () => {
    const keys = [30, 40].map(
      (day) => foundBy(rule, factsOf(inside({ atMs: NOW_MS - day * DAY }), inside()))[0]?.dedupeKey,
    );
    expect(keys[0]).toBe(keys[1]);
  });

  it('can’t be judged without an address, and says so', () => {
    const facts = factsOf(inside({ ip: null, ipClass: null }));
    expect(foundBy(rule, facts)).toEqual([]);
    expect(unjudgedBy(rule, facts)).toEqual(['No address is known.']);
  });
});
