import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnBaseline } from '../../../src/engine/detect/baseline.ts';
import type { Sighting } from '../../../src/engine/detect/facts.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { createSurvey } from '../../../src/engine/detect/survey.ts';
import { aSighting, DAY, factsOf, HOUR, lifeAtHome, network, NOW_MS, tokyo } from '../../support/sighting.ts';

function baselineOf(...sightings: Sighting[]) {
  return learnBaseline(factsOf(...sightings.sort((a, b) => a.toMs - b.toMs)), createSurvey(defaultSettings));
}
const noon = NOW_MS - 10 * DAY;
const inJapan = (atMs: number, over: Partial<Sighting> = {}) => aSighting({ atMs, place: tokyo, ...over });

describe('what is known of a person', () => {
  it('is what was first seen 24 hours before', () => {
    const baseline = baselineOf(inJapan(noon));
    expect(baseline.known('country', 'JP', noon + 24 * HOUR - 1)).toBe(false);
    expect(baseline.known('country', 'JP', noon + 24 * HOUR)).toBe(true);
  });

  it('is what was seen on two days, however close', () => {
    const baseline = baselineOf(inJapan(noon), inJapan(noon + 13 * HOUR));
    expect(baseline.known('country', 'JP', noon + 13 * HOUR)).toBe(false);
    expect(baseline.known('country', 'JP', noon + 13 * HOUR + 1)).toBe(true);
  });

  it('is not taught in one night, however many logins there are', () => {
    const night = Array.from({ length: 50 }, (_, minute) => inJapan(noon + minute * 60_000));
    expect(baselineOf(...night).known('country', 'JP', noon + 10 * HOUR)).toBe(false);
  });

  it('is forgotten after 90 days', () => {
    const baseline = baselineOf(inJapan(noon));
    expect(baseline.known('country', 'JP', noon + 90 * DAY)).toBe(true);
    expect(baseline.known('country', 'JP', noon + 90 * DAY + 1)).toBe(false);
  });

  it('says nothing of values never seen, or seen later', () => {
    const baseline = baselineOf(inJapan(noon));
    expect(baseline.known('country', 'FR', NOW_MS)).toBe(false);
    expect(baseline.known('country', 'JP', noon - DAY)).toBe(false);
    expect(baseline.known('asn', '64500', NOW_MS)).toBe(true);
    expect(baseline.known('device', 'Windows|desktop|Chrome', NOW_MS)).toBe(true);
  });

  it.each<[string, Partial<Sighting>]>([
    ['failed logins', { outcome: 'failure' }],
    ['logins of unknown outcome', { outcome: 'unknown' }],
    ['untrusted times', { quality: 'untrusted' }],
    ['places behind a VPN', { network: network(1, 'vpn') }],
    ['private addresses', { ipClass: 'private' }],
    ['attacks', { isQuarantined: true }],
    ['countries that are no code', { place: { ...tokyo, country: 'Japan' } }],
  ])('is not taught by %s', (_, over) => {
    expect(baselineOf(inJapan(noon, over)).known('country', 'JP', NOW_MS)).toBe(false);
  });

  it('is taught by activity whose outcome nobody states', () => {
    const baseline = baselineOf(inJapan(noon, { kind: 'activity', outcome: 'unknown' }));
    expect(baseline.known('country', 'JP', NOW_MS)).toBe(true);
  });

  it('is what an analyst called known, at any time', () => {
    const facts = { ...factsOf(), learned: [{ feature: 'country', value: 'JP' }] as const };
    const baseline = learnBaseline(facts, createSurvey(defaultSettings));
    expect(baseline.known('country', 'JP', NOW_MS)).toBe(true);
    expect(baseline.learned('country', 'JP')).toBe(true);
    expect(baseline.learned('country', 'FR') || baseline.learned('asn', 'JP')).toBe(false);
  });

  it('is not taught by moments in the future', () => {
    expect(baselineOf(inJapan(NOW_MS + DAY)).known('country', 'JP', NOW_MS + 5 * DAY)).toBe(false);
  });
});

describe('maturity', () => {
  const logins = (count: number, over: Partial<Sighting> = {}) =>
    Array.from({ length: count }, (_, index) => aSighting({ atMs: noon + index * HOUR, ...over }));

  it('takes 14 days', () => {
    const baseline = baselineOf(...logins(5));
    expect(baseline.mature(noon + 14 * DAY - 1)).toBe(false);
    expect(baseline.mature(noon + 14 * DAY)).toBe(true);
  });

  it('takes 5 successful logins', () => {
    expect(baselineOf(...logins(4)).mature(noon + 20 * DAY)).toBe(false);
    expect(baselineOf(...logins(4), ...logins(9, { outcome: 'failure' })).mature(noon + 20 * DAY)).toBe(
      false,
    );
  });

  it('counts a day with activity as a login where the source tells of none', () => {
    const activity = (days: number) =>
      Array.from({ length: days * 3 }, (_, index) =>
        aSighting({ kind: 'activity', atMs: NOW_MS - 40 * DAY + Math.floor(index / 3) * DAY + (index % 3) }),
      );
    expect(baselineOf(...activity(4)).mature(NOW_MS)).toBe(false);
    expect(baselineOf(...activity(5)).mature(NOW_MS)).toBe(true);
    expect(baselineOf(...activity(5), aSighting({ atMs: NOW_MS - 41 * DAY })).mature(NOW_MS)).toBe(false);
  });

  it('is the same whether history was lived through or filled in', () => {
    const moments = fc.array(fc.integer({ min: NOW_MS - 80 * DAY, max: NOW_MS }), { maxLength: 30 });
    fc.assert(
      fc.property(moments, fc.integer({ min: NOW_MS - 80 * DAY, max: NOW_MS }), (times, atMs) => {
        const all = times.map((time) => inJapan(time));
        const sofar = all.filter((sighting) => sighting.toMs < atMs);
        const [whole, lived] = [baselineOf(...all), baselineOf(...sofar)];
        expect(whole.mature(atMs)).toBe(lived.mature(atMs));
        expect(whole.known('country', 'JP', atMs)).toBe(lived.known('country', 'JP', atMs));
      }),
    );
  });
});

describe('what an analyst called an attack', () => {
  const visit = (atMs: number, isQuarantined: boolean) =>
    aSighting({ atMs, network: network(64_511), isQuarantined });

  it('teaches nothing, and is news all the same: once a visit, and again when the attacker returns', () => {
    const facts = factsOf(
      ...lifeAtHome(40),
      visit(NOW_MS - 35 * HOUR, true),
      visit(NOW_MS - 34 * HOUR, true),
      visit(NOW_MS - HOUR, false),
    );
    const sightings = facts.sightings.toSorted((a, b) => a.toMs - b.toMs);
    const baseline = learnBaseline({ ...facts, sightings }, createSurvey(defaultSettings));
    expect(baseline.known('asn', '64511', NOW_MS)).toBe(false);
    expect(
      baseline
        .arrivals('asn')
        .filter(({ value }) => value === '64511')
        .map(({ sighting }) => sighting.toMs),
    ).toEqual([NOW_MS - 35 * HOUR, NOW_MS - HOUR]);
  });
});
