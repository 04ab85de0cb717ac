import { describe, expect, it } from 'vitest';
import { detect } from '../../../../src/engine/detect/detect.ts';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { foundBy } from '../../../support/judged.ts';
import { organisationOf } from '../../../support/organisation.ts';
import {
  aSighting,
  berlin,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  macbook,
  network,
  NOW_MS,
  paris,
  tokyo,
  type SightingParts,
} from '../../../support/sighting.ts';

const inFrance = (over: SightingParts = {}) =>
  aSighting({ atMs: NOW_MS - HOUR, sessionKey: 'holiday', place: paris, network: network(2), ...over });

const arrivals = (...sightings: readonly Sighting[]) => foundBy('new-country', factsOf(...sightings));

describe('a new country', () => {
  it('is medium on an unknown device', () => {
    const [finding, ...others] = arrivals(...lifeAtHome(), inFrance({ device: macbook }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      title: 'First time in France',
      sessions: ['holiday'],
      evidence: { country: 'FR', countriesBefore: ['DE'], deviceKnown: false },
    });
    for (const part of [
      '“ann” at “app”',
      'France',
      '“Paris”',
      'only seen in Germany',
      'How sure',
      'What would make it wrong',
    ]) {
      expect(finding?.explanation).toContain(part);
    }
  });

  it('is low on a known device: a holiday', () => {
    expect(arrivals(...lifeAtHome(), inFrance())[0]).toMatchObject({
      severity: 'low',
      evidence: { deviceKnown: true },
    });
  });

  it('is an info where five others of the organisation were in 30 days, and says so', () => {
    const asked: unknown[] = [];
    const organisation = (others: number) => ({
      ...organisationOf(others),
      others: (...question: unknown[]) => {
        asked.push(question);
        return others;
      },
    });
    const facts = factsOf(...lifeAtHome(), inFrance({ device: macbook }));
    const found = [4, 5].map(
      (others) => foundBy('new-country', facts, { organisation: organisation(others) })[0],
    );
    expect(found.map((finding) => finding?.severity)).toEqual(['medium', 'info']);
    expect(found[1]?.explanation).toContain('At least 5 others of the organisation were seen there');
    expect(asked).toContainEqual(['country', 'FR', { atMs: NOW_MS - HOUR, days: 30, except: facts.users }]);
  });

  it('is not told of a country that an analyst called known', () => {
    const learned = [{ feature: 'country', value: 'FR' }] as const;
    expect(foundBy('new-country', { ...factsOf(...lifeAtHome(), inFrance()), learned })).toEqual([]);
  });

  it('is still told when an analyst called it an attack, and again when the person comes', () => {
    const attack = [5, 4].map((day) => inFrance({ atMs: NOW_MS - day * DAY, isQuarantined: true }));
    expect(arrivals(...lifeAtHome(), ...attack, inFrance()).map(({ atMs }) => atMs)).toEqual([
      NOW_MS - 5 * DAY,
      NOW_MS - HOUR,
    ]);
  });

  it('has a key made of its content, whatever the sighting is called', () => {
    const keys = ['obs:k:3', 'obs:k:7'].map(
      (id) => arrivals(...lifeAtHome(), inFrance({ id }))[0]?.dedupeKey,
    );
    expect(keys[0]).toBe(keys[1]);
  });

  it('is learning until the person is mature', () => {
    expect(arrivals(...lifeAtHome(3), inFrance())[0]?.state).toBe('learning');
  });

  it('is told once per arrival', () => {
    const stay = Array.from({ length: 20 }, (_, hour) =>
      inFrance({ atMs: NOW_MS - DAY + hour * HOUR, sessionKey: `k${hour}` }),
    );
    expect(arrivals(...lifeAtHome(), ...stay)).toHaveLength(1);
  });

  it('is none where the person first appears: nothing follows from absence', () => {
    expect(arrivals(inFrance())).toEqual([]);
    expect(arrivals(...lifeAtHome())).toEqual([]);
  });

  it('is new again after 90 days', () => {
    const home = Array.from({ length: 170 }, (_, day) => aSighting({ atMs: NOW_MS - (day + 1) * DAY }));
    const [recent, longAgo] = [inFrance({ atMs: NOW_MS - 80 * DAY }), inFrance({ atMs: NOW_MS - 100 * DAY })];
    expect(arrivals(...home, recent, inFrance())).toHaveLength(1);
    expect(arrivals(...home, longAgo, inFrance()).map(({ atMs }) => atMs)).toEqual([NOW_MS - HOUR]);
  });

  it('does not become new when the first sighting grows older than 90 days', () => {
    const home = Array.from({ length: 170 }, (_, day) => aSighting({ atMs: NOW_MS - (day + 1) * DAY }));
    const stays = [inFrance({ atMs: NOW_MS - 95 * DAY }), inFrance({ atMs: NOW_MS - 60 * DAY })];
    expect(arrivals(...home, ...stays)).toEqual([]);
  });

  it.each<[string, Partial<Sighting>]>([
    ['a failed login', { outcome: 'failure' }],
    ['a login of unknown outcome', { outcome: 'unknown' }],
    ['our own poll', { isOwnPoll: true }],
  ])('is not told of %s', (_, over) => {
    expect(arrivals(...lifeAtHome(), inFrance(over))).toEqual([]);
  });

  it.each<[string, Partial<Sighting>, RegExp]>([
    ['a VPN', { network: network(2, 'vpn') }, /“vpn”/],
    ['a private address', { ipClass: 'private' }, /private/],
    ['no place', { place: null }, /No place/],
    ['no country', { place: { ...paris, country: null } }, /no country code/],
    ['a country that is no code', { place: { ...paris, country: '<b>' } }, /no country code/],
    ['a contradiction', { place: { ...tokyo, country: 'FR' } }, /far outside/],
    ['an untrusted time', { quality: 'untrusted' }, /known to be wrong/],
  ])('can’t be judged behind %s, and says so', (_, over, reason) => {
    const { findings, notEvaluable } = detect(factsOf(...lifeAtHome(), inFrance(over)));
    expect(findings.filter(({ rule }) => rule === 'new-country')).toEqual([]);
    expect(notEvaluable).toContainEqual(
      expect.objectContaining({ rule: 'new-country', reason: expect.stringMatching(reason) as string }),
    );
  });

  it('is not hidden by failed logins from there', () => {
    const failures = [
      inFrance({ atMs: NOW_MS - 5 * DAY, outcome: 'failure' }),
      inFrance({ atMs: NOW_MS - 3 * DAY, outcome: 'failure' }),
    ];
    expect(arrivals(...lifeAtHome(), ...failures, inFrance())).toHaveLength(1);
    expect(arrivals(...lifeAtHome(20, { place: berlin }), inFrance())).toHaveLength(1);
  });
});
