import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import type { Place } from '../../../../src/engine/whereabouts.ts';
import { foundBy, unjudgedBy } from '../../../support/judged.ts';
import {
  aSighting,
  berlin,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  macbook,
  MINUTE,
  network,
  NOW_MS,
  paris,
  tokyo,
} from '../../../support/sighting.ts';

const rule = 'country-hop';
const at = NOW_MS - 5 * HOUR;
const seen = (minute: number, place: Place, over: Partial<Sighting> = {}) =>
  aSighting({
    atMs: at + minute * MINUTE,
    place,
    network: network(place.country === 'DE' ? 1 : 2),
    sessionKey: place.city,
    ...over,
  });
const strasbourg = { ...paris, city: 'Strasbourg', lat: 48.58, lon: 7.75 };
const kehl = { ...berlin, city: 'Kehl', lat: 48.57, lon: 7.81 };

describe('several countries at once', () => {
  it('are medium: two within ten minutes', () => {
    const [finding, ...others] = foundBy(rule, factsOf(...lifeAtHome(), seen(0, berlin), seen(10, paris)));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      title: '2 countries within 10 minutes: Germany, France',
      sessions: ['Berlin', 'Paris'],
      atMs: at + 10 * MINUTE,
      evidence: { countries: ['DE', 'FR'], withinMinutes: 10, suppression: null },
    });
    expect(finding?.explanation).toContain('in “Berlin”, Germany at 2026-11-20 07:00 UTC');
  });

  it('are none with two in eleven minutes, but with three within the hour', () => {
    expect(foundBy(rule, factsOf(seen(0, berlin), seen(11, paris)))).toEqual([]);
    const three = foundBy(rule, factsOf(seen(0, berlin), seen(11, paris), seen(60, tokyo)));
    expect(three.map(({ evidence }) => evidence)).toMatchObject([{ countries: ['DE', 'FR', 'JP'] }]);
    expect(foundBy(rule, factsOf(seen(0, berlin), seen(11, paris), seen(61, tokyo)))).toEqual([]);
  });

  it('count border towns as one', () => {
    expect(foundBy(rule, factsOf(seen(0, kehl), seen(5, strasbourg)))).toEqual([]);
    expect(foundBy(rule, factsOf(seen(0, kehl), seen(5, strasbourg), seen(50, tokyo)))).toEqual([]);
  });

  it('give records that name a country alone the benefit of the doubt', () => {
    const vague = (place: Place): Place => ({ ...place, city: null, accuracyKm: 100 });
    expect(foundBy(rule, factsOf(seen(0, vague(berlin)), seen(5, vague(paris))))).toEqual([]);
    expect(foundBy(rule, factsOf(seen(0, vague(berlin)), seen(5, vague(tokyo))))).toHaveLength(1);
  });

  it('take the longest gap that both times allow', () => {
    const uncertain = { fromMs: at - HOUR };
    expect(foundBy(rule, factsOf(seen(0, berlin, uncertain), seen(5, paris)))).toEqual([]);
  });

  it('are told once a day for the same countries', () => {
    const turns = Array.from({ length: 20 }, (_, turn) => seen(turn * 5, turn % 2 === 0 ? berlin : paris));
    expect(foundBy(rule, factsOf(...turns))).toHaveLength(1);
    const later = [seen(-30 * 60, berlin), seen(-30 * 60 + 1, paris)];
    expect(foundBy(rule, factsOf(...later, ...turns))).toHaveLength(2);
  });

  it('are suppressed, visibly, where a phone may be roaming', () => {
    const [finding] = foundBy(
      rule,
      factsOf(...lifeAtHome(), seen(0, berlin, { network: network(4, 'cellular') }), seen(5, paris)),
    );
    expect(finding).toMatchObject({
      state: 'suppressed',
      suppressedBy: 'One of the lines is cellular: a phone abroad is let out in its home country.',
    });
    expect(finding?.explanation).toContain('Not alerted. One of the lines is cellular');
  });

  it('are suppressed for one device on one network, and not for two devices', () => {
    const same = { network: network(7) };
    const states = (over: Partial<Sighting>) =>
      foundBy(
        rule,
        factsOf(...lifeAtHome(), seen(0, berlin, same), seen(5, paris, { ...same, ...over })),
      ).map(({ state }) => state);
    expect(states({})).toEqual(['suppressed']);
    expect(states({ device: macbook })).toEqual(['open']);
  });

  it('are suppressed, visibly, where the person is known for every network and device', () => {
    const usual = [
      ...lifeAtHome(20, { network: network(1) }),
      ...lifeAtHome(5, { network: network(2), place: paris, device: macbook }),
    ];
    const [known] = foundBy(
      rule,
      factsOf(...usual, seen(0, berlin), seen(10, paris, { device: macbook })),
    ).filter(({ atMs }) => atMs > at);
    const strange = foundBy(
      rule,
      factsOf(...usual, seen(0, berlin), seen(10, tokyo, { network: network(3) })),
    );

    expect(known?.suppressedBy).toContain('known for every one of these networks');
    expect(strange.filter(({ atMs }) => atMs > at)).toMatchObject([{ state: 'open' }]);
  });

  it('are learning until the person is mature, and never made of failed logins', () => {
    expect(foundBy(rule, factsOf(seen(0, berlin), seen(5, paris)))[0]?.state).toBe('learning');
    expect(foundBy(rule, factsOf(seen(0, berlin), seen(5, paris, { outcome: 'failure' })))).toEqual([]);
    expect(foundBy(rule, factsOf(seen(0, berlin), seen(5, paris, { outcome: 'unknown' })))).toEqual([]);
  });

  it.each<[string, Partial<Sighting>, RegExp]>([
    ['a VPN', { network: network(2, 'vpn') }, /“vpn”/],
    ['a private address', { ipClass: 'private' }, /private/],
    ['a country that is no code', { place: { ...paris, country: 'France' } }, /no country code/],
    ['a time nothing bounds', { fromMs: null }, /nothing says how long/],
    ['an untrusted time', { quality: 'untrusted' }, /known to be wrong/],
  ])('can’t be judged behind %s, and says so', (_, over, reason) => {
    const facts = factsOf(seen(0, berlin), seen(5, paris, over));
    expect(foundBy(rule, facts)).toEqual([]);
    expect(unjudgedBy(rule, facts)).toEqual([expect.stringMatching(reason)]);
  });

  it('are found among as many countries as a far side can invent', () => {
    const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    const places = letters.flatMap((a) =>
      letters.map((b) => ({ ...tokyo, country: a + b, lat: null, lon: null })),
    );
    const sightings = places.flatMap((place, index) => [
      aSighting({
        atMs: NOW_MS - DAY + index * 1000,
        place: { ...place, lat: (index % 170) - 85, lon: index % 180 },
      }),
    ]);
    expect(foundBy(rule, factsOf(...sightings)).every(({ sessions }) => sessions.length <= 16)).toBe(true);
  });
});
