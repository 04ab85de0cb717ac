import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { tagged } from '../../../support/live-session.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';
import {
  aSighting,
  factsOf,
  HOUR,
  lifeAtHome,
  macbook,
  MINUTE,
  network,
  NOW_MS,
} from '../../../support/sighting.ts';

const at = NOW_MS - 5 * HOUR;
const stranger = { ip: '203.0.114.9', network: network(7), device: macbook } as const;
const failure = (seconds: number, over: Partial<Sighting> = {}) =>
  aSighting({ atMs: at + seconds * 1000, outcome: 'failure', ...stranger, ...over });
const failures = (count: number, everySeconds: number, over: Partial<Sighting> = {}) =>
  Array.from({ length: count }, (_, index) => failure(index * everySeconds, over));

describe('brute force', () => {
  const found = (...sightings: readonly Sighting[]) => foundBy('brute-force', factsOf(...sightings));

  it('is eight failures in five minutes, told once for each wave', () => {
    const [finding, ...others] = found(...lifeAtHome(), ...failures(30, 10));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      atMs: at + 70_000,
      evidence: { failures: 8, fromKnown: 0 },
    });
    expect(finding?.explanation).toMatch(readable);
    const later = failures(8, 10).map((each) => ({ ...each, id: `${each.id}b`, toMs: each.toMs + HOUR }));
    expect(found(...lifeAtHome(), ...failures(8, 10), ...later)).toHaveLength(2);
  });

  it('is neither seven, nor eight that take longer, nor eight on two accounts', () => {
    expect(found(...failures(7, 10))).toEqual([]);
    expect(found(...failures(8, 45))).toEqual([]);
    expect(found(...failures(4, 10), ...failures(4, 10, { userId: 'u2' }))).toEqual([]);
  });

  it('takes five on an administrator’s account', () => {
    const facts = factsOf(...lifeAtHome(), ...failures(5, 10));
    expect(foundBy('brute-force', facts)).toEqual([]);
    expect(foundBy('brute-force', tagged(facts, 'administrator'))).toHaveLength(1);
  });

  it('is a stuck client, low, from a device and network that are known', () => {
    const home = { ip: '81.2.69.142', network: network(64_500), device: lifeAtHome(1)[0]?.device ?? null };
    expect(found(...lifeAtHome(), ...failures(8, 10, home))).toMatchObject([
      { severity: 'low', title: 'Stuck client: 8 failed logins' },
    ]);
  });

  it('can’t be judged where no logins are told', () => {
    expect(unjudgedBy('brute-force', factsOf(aSighting({ kind: 'start' })))).toEqual([
      'The source tells of no failed logins.',
    ]);
    expect(unjudgedBy('brute-force', factsOf(aSighting()))).toEqual([]);
  });
});

describe('distributed brute force', () => {
  const found = (...sightings: readonly Sighting[]) =>
    foundBy('distributed-brute-force', factsOf(...sightings));
  const spread = (...prefixes: readonly number[]) =>
    prefixes.map((prefix, index) => failure(index * 600, { ip: `203.0.${prefix}.9` }));

  it('is four failures from three networks within an hour', () => {
    const [finding, ...others] = found(...lifeAtHome(), ...spread(1, 2, 3, 1, 4));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      atMs: at + 1_800_000,
      evidence: { failures: 4, networkCount: 3 },
    });
    expect(finding?.explanation).toMatch(readable);
  });

  it('is neither three failures, nor two networks, nor slower ones', () => {
    expect(found(...spread(1, 2, 3))).toEqual([]);
    expect(found(...spread(1, 2, 1, 2))).toEqual([]);
    expect(
      found(...[1, 2, 3, 4].map((prefix) => failure(prefix * 1500, { ip: `203.0.${prefix}.9` }))),
    ).toEqual([]);
  });

  it('says what it can’t judge', () => {
    expect(unjudgedBy('distributed-brute-force', factsOf(failure(0, { ip: null })))).toEqual([
      'The failed login has no address.',
    ]);
  });
});

describe('a success after failures', () => {
  const found = (...sightings: readonly Sighting[]) =>
    foundBy('success-after-failures', factsOf(...sightings));
  const success = (minutes: number, over: Partial<Sighting> = {}) =>
    aSighting({ atMs: at + minutes * MINUTE, sessionKey: 'k', ...stranger, ...over });

  it('is high from a network and device that are not known, and told of the first success only', () => {
    const [finding, ...others] = found(...lifeAtHome(), ...failures(5, 10), success(5), success(6));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'high',
      state: 'open',
      sessions: ['k'],
      evidence: { failures: 5, networkKnown: false, deviceKnown: false },
    });
    expect(finding?.explanation).toMatch(readable);
  });

  it('is an info from home: a forgotten password', () => {
    const home = { ip: '81.2.69.142', network: network(64_500), device: lifeAtHome(1)[0]?.device ?? null };
    expect(found(...lifeAtHome(), ...failures(5, 10, home), success(5, home))).toMatchObject([
      { severity: 'info' },
    ]);
    expect(
      found(...lifeAtHome(), ...failures(5, 10, home), success(5, { ...home, ip: '203.0.114.9' })),
    ).toMatchObject([{ severity: 'high' }]);
  });

  it('is none after four, after eleven minutes, or of somebody else', () => {
    expect(found(...failures(4, 10), success(5))).toEqual([]);
    expect(found(...failures(5, 10), success(11))).toEqual([]);
    expect(found(...failures(5, 10), success(5, { userId: 'u2' }))).toEqual([]);
  });

  it('can’t be judged where no logins are told', () => {
    expect(unjudgedBy('success-after-failures', factsOf(aSighting({ kind: 'start' })))).toEqual([
      'The source tells of no failed logins.',
    ]);
  });
});
