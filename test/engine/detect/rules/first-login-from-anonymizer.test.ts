import { describe, expect, it } from 'vitest';
import type { FactsUser, Sighting } from '../../../../src/engine/detect/facts.ts';
import { withUsers } from '../../../support/live-session.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';
import {
  aSighting,
  DAY,
  factsOf,
  HOUR,
  network,
  NOW_MS,
  type SightingParts,
} from '../../../support/sighting.ts';

const at = NOW_MS - 30 * HOUR;
const hosted = (over: SightingParts = {}) => aSighting({ atMs: at, network: network(9, 'hosting'), ...over });
const factsSince = (over: Partial<FactsUser>, ...sightings: readonly Sighting[]) =>
  withUsers(factsOf(...sightings), { sourceSinceMs: NOW_MS - 100 * DAY, ...over });
const found = (...sightings: readonly Sighting[]) =>
  foundBy('first-login-from-anonymizer', factsSince({}, ...sightings));

describe('a first login through an anonymiser', () => {
  it('is told at once, without history, of data centres and Tor', () => {
    const [finding, ...others] = found(hosted(), hosted({ atMs: at + 1 }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      title: 'New account used through a data centre',
    });
    expect(finding?.explanation).toMatch(readable);
    expect(found(hosted({ network: network(9, 'tor') }))).toMatchObject([
      { title: 'New account used through Tor' },
    ]);
  });

  it('is told within a day of the account’s first sighting, and not after', () => {
    expect(found(aSighting({ atMs: at - 23 * HOUR }), hosted())).toHaveLength(1);
    expect(found(aSighting({ atMs: at - 25 * HOUR }), hosted())).toEqual([]);
  });

  it('is not told of a VPN, a company’s gateway, or a failed login', () => {
    expect(found(hosted({ network: network(9, 'vpn') }))).toEqual([]);
    expect(found(hosted({ network: network(9, 'corporate', 'hosting') }))).toEqual([]);
    expect(found(hosted({ outcome: 'failure' }))).toEqual([]);
  });

  it('can’t be judged of an account that may be older than what is known of it', () => {
    for (const over of [
      { sourceSinceMs: null },
      { sourceSinceMs: at + 1 },
      { seenBeforeMs: at - 300 * DAY },
    ]) {
      const facts = factsSince(over, hosted());
      expect(foundBy('first-login-from-anonymizer', facts)).toEqual([]);
      expect(unjudgedBy('first-login-from-anonymizer', facts)).toEqual([
        'The account may be older than what is known of it.',
      ]);
    }
  });
});
