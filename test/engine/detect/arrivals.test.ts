import { describe, expect, it } from 'vitest';
import { arrivalsOf } from '../../../src/engine/detect/arrivals.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { createSurvey } from '../../../src/engine/detect/survey.ts';
import { aSighting, berlin, DAY, network, NOW_MS, paris, tokyo } from '../../support/sighting.ts';

const survey = createSurvey(defaultSettings);
const seen = (daysAgo: number, place = berlin, isQuarantined = false) =>
  aSighting({ atMs: NOW_MS - daysAgo * DAY, place, isQuarantined });

function countries(unseenMs: number | undefined, ...sightings: readonly ReturnType<typeof seen>[]) {
  return arrivalsOf('country', sightings, survey, unseenMs).map(({ sighting, value, lastSeenMs, others }) => [
    value,
    (NOW_MS - sighting.toMs) / DAY,
    lastSeenMs === null ? null : (NOW_MS - lastSeenMs) / DAY,
    others,
  ]);
}

describe('arrivals', () => {
  it('are the first of a value, and the first after 90 days without it', () => {
    const life = [seen(170, paris), seen(169, paris), seen(100), seen(70, paris), seen(2, tokyo), seen(1)];
    expect(countries(undefined, ...life)).toEqual([
      ['FR', 170, null, []],
      ['DE', 100, null, ['FR']],
      ['FR', 70, 169, ['DE']],
      ['JP', 2, null, ['FR']],
      ['DE', 1, 100, ['FR', 'JP']],
    ]);
  });

  it('are those after any other time without it, if asked so', () => {
    expect(countries(30 * DAY, seen(80), seen(40, paris), seen(39), seen(5, paris))).toEqual([
      ['DE', 80, null, []],
      ['FR', 40, null, []],
      ['DE', 39, 80, ['FR']],
      ['FR', 5, 40, []],
    ]);
  });

  it('tell of an attack once, and learn nothing from it', () => {
    const life = [seen(9), seen(8, paris, true), seen(7, paris, true), seen(6, paris), seen(5, paris, true)];
    expect(countries(undefined, ...life)).toEqual([
      ['DE', 9, null, []],
      ['FR', 8, null, ['DE']],
      ['FR', 6, null, ['DE']],
    ]);
  });

  it('of an attack and of the person at one moment are told apart by their sessions', () => {
    const both = (sessionKey: string) => [
      { ...seen(5, paris, true), sessionKey: 'a' },
      { ...seen(5, paris), sessionKey },
    ];
    expect(countries(undefined, seen(9), ...both('b'))).toHaveLength(3);
    expect(countries(undefined, seen(9), ...both('a'))).toHaveLength(2);
  });

  it('have no others among what came at the same moment', () => {
    const polled = (daysAgo: number, ...places: readonly (typeof berlin)[]) =>
      places.map((place, nth) => ({ ...seen(daysAgo, place), sessionKey: String(nth) }));
    expect(countries(undefined, ...polled(9, berlin, paris, tokyo))).toEqual([
      ['DE', 9, null, []],
      ['FR', 9, null, []],
      ['JP', 9, null, []],
    ]);
    for (const places of [
      [berlin, paris, tokyo],
      [tokyo, paris, berlin],
    ]) {
      const arrived = countries(undefined, seen(9), ...polled(5, ...places));
      expect(arrived.slice(1).map(([value, , , others]) => [value, others])).toEqual(
        places.filter((place) => place !== berlin).map(({ country }) => [country, ['DE']]),
      );
    }
  });

  it('name one that was there before, however many came at the same moment', () => {
    const crowd = Array.from({ length: 100 }, (_, nth) =>
      aSighting({ atMs: NOW_MS - DAY, network: network(nth), sessionKey: String(nth) }),
    );
    const home = aSighting({ atMs: NOW_MS - 2 * DAY, network: network(7777) });
    const last = arrivalsOf('asn', [home, ...crowd], survey).at(-1);
    expect(last?.others).toEqual(['7777']);
  });

  it('cost the same however many there were, and name the latest others', () => {
    const life = Array.from({ length: 50_000 }, (_, index) =>
      aSighting({ atMs: NOW_MS - 80 * DAY + index * 100, network: network(index) }),
    );
    const found = arrivalsOf('asn', life, survey);
    expect(found).toHaveLength(50_000);
    expect(found[0]?.others).toEqual([]);
    expect(found[10]?.others).toHaveLength(10);
    expect(
      found
        .at(-1)
        ?.others.toSorted((a, b) => Number(a) - Number(b))
        .at(-1),
    ).toBe('49998');
    expect(Math.max(...found.map(({ others }) => others.length))).toBeLessThanOrEqual(41);
  });

  it('name the one seen last, though it came long before the others', () => {
    const life = Array.from({ length: 100 }, (_, index) => [
      aSighting({ atMs: NOW_MS - 80 * DAY + index * 2000, network: network(index) }),
      aSighting({ atMs: NOW_MS - 80 * DAY + index * 2000 + 1000, network: network(7777) }),
    ]).flat();
    expect(arrivalsOf('asn', life, survey).at(-1)?.others).toContain('7777');
  });
});
