import { describe, expect, it } from 'vitest';
import type { IpClass, NetworkKind } from '../../../../src/contract/place.ts';
import { caseOf } from '../../../../src/engine/detect/case.ts';
import { detect } from '../../../../src/engine/detect/detect.ts';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { ignored } from '../../../../src/engine/detect/not-evaluable.ts';
import { defaultSettings } from '../../../../src/engine/detect/settings.ts';
import { createSurvey } from '../../../../src/engine/detect/survey.ts';
import { visitTravelPairs } from '../../../../src/engine/detect/travel-pairs.ts';
import { waypointsOf } from '../../../../src/engine/detect/waypoint.ts';
import { foundBy } from '../../../support/judged.ts';
import {
  aSighting,
  berlin,
  DAY,
  factsOf,
  HOUR,
  laptop,
  lifeAtHome,
  macbook,
  MINUTE,
  munich,
  network,
  NOW_MS,
  paris,
  phone,
  potsdam,
  tokyo,
} from '../../../support/sighting.ts';

const at = NOW_MS - 2 * HOUR;
const home = (over: Partial<Sighting> & { atMs?: number } = {}) =>
  aSighting({ atMs: at, sessionKey: 'home', network: network(1), ...over });
const away = (over: Partial<Sighting> & { atMs?: number } = {}) =>
  aSighting({
    atMs: at + 30 * MINUTE,
    sessionKey: 'away',
    place: tokyo,
    network: network(2),
    ip: '203.0.114.9',
    ...over,
  });

function travel(...sightings: readonly Sighting[]) {
  return detect(factsOf(...sightings)).findings.filter(({ rule }) => rule === 'impossible-travel');
}
function reasons(...sightings: readonly Sighting[]) {
  const { notEvaluable } = detect(factsOf(...sightings));
  return notEvaluable.filter(({ rule }) => rule === 'impossible-travel').map(({ reason }) => reason);
}

describe('impossible travel', () => {
  it('is found between Berlin and Tokyo within half an hour', () => {
    const [finding, ...others] = travel(...lifeAtHome(), home(), away());
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'high',
      state: 'open',
      sessions: ['home', 'away'],
      atMs: at + 30 * MINUTE,
      suppressedBy: null,
      title: 'Impossible travel: “Berlin”, Germany to “Tokyo”, Japan, 8,917 km in 30 minutes',
    });
    expect(finding?.evidence).toMatchObject({
      from: {
        city: 'Berlin',
        country: 'DE',
        level: 'city',
        radiusKm: 50,
        ip: '81.2.69.142',
        asn: 1,
        source: 'app',
      },
      to: {
        city: 'Tokyo',
        country: 'JP',
        level: 'city',
        radiusKm: 50,
        ip: '203.0.114.9',
        asn: 2,
        browser: 'Chrome',
      },
      gapHours: 0.5,
      reachKm: 600,
      probability: 0.9604,
      probabilityBeforeCap: 1,
      fastestTripHours: 8.82,
      suppression: null,
    });
  });

  it('explains who, from where to where, how sure and what would make it wrong', () => {
    const text = travel(...lifeAtHome(), home(), away())[0]?.explanation ?? '';
    for (const part of [
      '“ann” at “app”',
      '“Berlin”, Germany (within 50 km, as the database says)',
      '“Tokyo”, Japan',
      '81.2.69.142, AS1 “Network 1”',
      '8,917 km apart and the times at most 30 minutes',
      'gets 600 km far',
      'takes 8.8 hours',
      'How sure: 96.0 %',
      'What would make it wrong',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('has evidence that is JSON', () => {
    const evidence = travel(...lifeAtHome(), home(), away())[0]?.evidence;
    expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
  });

  it('is silent about an honest person in one place', () => {
    expect(travel(...lifeAtHome(), home(), away({ place: berlin }), away({ place: potsdam }))).toEqual([]);
  });

  it('is silent about a journey an airliner makes', () => {
    expect(travel(...lifeAtHome(), home({ atMs: at - 10 * HOUR }), away())).toEqual([]);
  });

  it('is found for a late event just the same', () => {
    expect(travel(...lifeAtHome(), away(), home()).map(({ dedupeKey }) => dedupeKey)).toHaveLength(1);
    expect(travel(...lifeAtHome(), home(), away({ atMs: at - 30 * MINUTE }))).toHaveLength(1);
  });

  it('is found at one and the same moment', () => {
    expect(travel(...lifeAtHome(), home(), away({ atMs: at }))).toHaveLength(1);
  });

  it('takes the longest gap that both times allow', () => {
    const between = { fromMs: at + MINUTE, toMs: at + 12 * HOUR };
    expect(travel(...lifeAtHome(), home({ atMs: at - HOUR }), away(between))).toEqual([]);
    const narrow = { fromMs: at + 20 * MINUTE, toMs: at + 30 * MINUTE };
    const [finding] = travel(...lifeAtHome(), home({ fromMs: at - HOUR, toMs: at }), away(narrow));
    expect(finding?.evidence).toMatchObject({ gapHours: 1.5 });
  });

  it('is learning until the person is mature', () => {
    expect(travel(...lifeAtHome(3), home(), away())[0]?.state).toBe('learning');
    expect(travel(home(), away())[0]?.state).toBe('learning');
  });

  it('is critical with a device the person never used', () => {
    expect(travel(...lifeAtHome(), home(), away({ device: macbook }))[0]).toMatchObject({
      severity: 'critical',
      evidence: { newDevice: true },
    });
    expect(travel(home(), away({ device: macbook }))[0]).toMatchObject({
      severity: 'high',
      state: 'learning',
    });
  });

  it('is critical with a data centre in the 24 hours before, and says so', () => {
    const hosted = (minutes: number, over: Partial<Sighting> = {}) =>
      home({ atMs: at - minutes * MINUTE, network: network(9, 'hosting'), ...over });
    const severityAfter = (...before: readonly Sighting[]) =>
      travel(...lifeAtHome(), ...before, home(), away())[0]?.severity;
    expect(severityAfter(hosted(60))).toBe('critical');
    expect(severityAfter(hosted(24 * 60 - 30))).toBe('critical');
    expect(severityAfter(hosted(24 * 60 - 29))).toBe('high');
    const gateway = network(9, 'hosting', 'corporate');
    expect(severityAfter(hosted(60, { network: gateway }))).toBe('high');
    const [finding] = travel(...lifeAtHome(), hosted(60), home(), away());
    expect(finding?.evidence).toMatchObject({ afterHosting: true, newDevice: false });
    expect(finding?.explanation).toContain('the person came out of a data centre too');
    expect(travel(...lifeAtHome(), home(), away(), hosted(-31))[0]?.severity).toBe('high');
  });

  it('names the country when the record knows no more, and is more careful then', () => {
    const vague = { ...tokyo, city: null };
    const [finding] = travel(...lifeAtHome(), home(), away({ place: vague }));
    expect(finding?.evidence).toMatchObject({ to: { level: 'country', radiusFrom: 'border' } });
    expect(finding?.explanation).toContain('Japan (somewhere in the country');
    expect(travel(...lifeAtHome(), home(), away({ place: { ...paris, city: null } }))).toEqual([]);
  });
});

describe('which moments are compared', () => {
  it('finds two sessions that are used by turns once, not each time', () => {
    const turns = Array.from({ length: 40 }, (_, turn) =>
      (turn % 2 === 0 ? home : away)({ kind: 'activity', atMs: at + turn * 5 * MINUTE }),
    );
    expect(travel(...lifeAtHome(), ...turns)).toHaveLength(1);
  });

  it('tells of two networks and places once while they go on being seen, and lists every session', () => {
    const again = (hours: number, sessionKey: string) =>
      away({ atMs: at - 60 * HOUR + hours * HOUR, sessionKey });
    const here = (hours: number) =>
      home({ atMs: at - 60 * HOUR + hours * HOUR, sessionKey: `h${hours}`, device: macbook });
    const first = [here(0), again(0.5, 'one'), here(23), again(23.5, 'two')];
    const [finding, ...others] = travel(...lifeAtHome(), ...first);

    expect(others).toEqual([]);
    expect(finding?.sessions).toEqual(['h0', 'one', 'h23', 'two']);
    expect(finding?.evidence).toMatchObject({ repeated: 1 });
    expect(finding?.explanation).toContain('One more such journey followed between the same ends');
    const later = travel(...lifeAtHome(), ...first, here(48), again(48.5, 'three'));
    expect(later.map(({ sessions }) => sessions.at(-1))).toEqual(['two', 'three']);
  });

  it('lets nobody with a new device hide behind a journey of known ones', () => {
    const found = travel(
      ...lifeAtHome(),
      home(),
      away(),
      away({ atMs: at + 40 * MINUTE, sessionKey: 'thief', device: phone }),
      home({ atMs: at + 50 * MINUTE }),
    );

    expect(found.map(({ severity }) => severity)).toEqual(['high', 'critical']);
  });

  it('compares with every other session that is active, not only with the last sighting', () => {
    // Tokyo comes right after Potsdam's sighting behind a slow line, but Berlin's session is the one that is active.
    const vague = { ...berlin, accuracyKm: 20_000 };
    const sightings = [
      home(),
      home({ sessionKey: 'vague', place: vague, atMs: at + 5 * MINUTE }),
      away({ atMs: at + 10 * MINUTE }),
    ];
    expect(travel(...lifeAtHome(), ...sightings).map(({ sessions }) => sessions)).toEqual([['home', 'away']]);
  });

  it('does not take a session that is merely still listed for active', () => {
    const vague = { ...berlin, accuracyKm: 20_000 };
    const sightings = [
      home(),
      home({ sessionKey: 'vague', place: vague, atMs: at + 10 * MINUTE }),
      away({ atMs: at + 16 * MINUTE }),
    ];
    expect(travel(...lifeAtHome(), ...sightings)).toEqual([]);
  });

  it('looks across all sources of the person', () => {
    expect(travel(...lifeAtHome(), home(), away({ source: 'files' }))[0]?.evidence).toMatchObject({
      to: { source: 'files' },
    });
  });

  it('never makes a VPN login the reference for the next one', () => {
    const vpn = away({ network: network(9, 'vpn') });
    expect(travel(...lifeAtHome(), home(), vpn, home({ atMs: at + HOUR }))).toEqual([]);
  });

  it('passes failed logins over: they are not the person', () => {
    expect(travel(...lifeAtHome(), home(), away({ outcome: 'failure', sessionKey: null }))).toEqual([]);
    expect(reasons(...lifeAtHome(), home(), away({ outcome: 'failure', sessionKey: null }))).toEqual([]);
  });

  it('ignores what our own polling left behind', () => {
    expect(travel(...lifeAtHome(), home(), away({ isOwnPoll: true }))).toEqual([]);
  });

  it('compares with what comes before and after in event time, also when it arrives late', () => {
    const late = away({ atMs: at + 30 * MINUTE });
    const found = travel(...lifeAtHome(), home(), home({ sessionKey: 'later', atMs: at + HOUR }), late);
    expect(found).toMatchObject([{ sessions: ['home', 'away', 'later'], evidence: { repeated: 1 } }]);
  });

  it('says so when more places are active than it compares', () => {
    const crowd = Array.from({ length: 40 }, (_, index) =>
      home({ sessionKey: `crowd ${index}`, atMs: at + index, place: { ...berlin, lat: 52 + index / 10 } }),
    );
    expect(reasons(...crowd)).toEqual([
      'More than 16 places were active at once; the oldest was not compared.',
    ]);
  });
});

describe('device continuity', () => {
  it('suppresses the same kind of device on the same network, visibly', () => {
    const [finding, ...others] = travel(...lifeAtHome(), home(), away({ network: network(1) }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      state: 'suppressed',
      suppressedBy:
        'The same kind of device on the same network: operators let traffic out far from the person.',
    });
    expect(finding?.explanation).toContain('Not alerted. The same kind of device');
    expect(finding?.evidence).toMatchObject({ suppression: finding?.suppressedBy });
  });

  it('does not suppress another device on that network, nor an unknown device', () => {
    expect(travel(...lifeAtHome(), home(), away({ network: network(1), device: phone }))[0]?.state).toBe(
      'open',
    );
    const nothing = { device: null };
    expect(travel(...lifeAtHome(), home(nothing), away({ network: network(1), ...nothing }))[0]?.state).toBe(
      'open',
    );
  });

  it('suppresses one device token on one network, whatever the device says of itself', () => {
    const [finding] = travel(
      ...lifeAtHome(),
      home({ deviceToken: 't1' }),
      away({ deviceToken: 't1', network: network(1), device: macbook }),
    );
    expect(finding).toMatchObject({
      state: 'suppressed',
      suppressedBy: expect.stringMatching(/^The same device on/) as string,
    });
  });

  it('makes one device token on two networks an info below 1,000 km, and no less above', () => {
    const token = { deviceToken: 't1' };
    expect(
      travel(...lifeAtHome(), home(token), away({ place: munich, atMs: at, ...token }))[0],
    ).toMatchObject({ severity: 'info' });
    expect(travel(...lifeAtHome(), home(token), away(token))[0]?.severity).not.toBe('info');
  });

  it('suppresses one device token on a cellular line, where the settings let one fire at all', () => {
    const lineError = { ...defaultSettings.travel.lineError, cellular: 0.01 };
    const settings = { ...defaultSettings, travel: { ...defaultSettings.travel, lineError } };
    const roaming = away({ deviceToken: 't1', network: network(2, 'cellular') });
    const facts = factsOf(...lifeAtHome(), home({ deviceToken: 't1' }), roaming);
    expect(foundBy('impossible-travel', facts, { settings })[0]).toMatchObject({
      state: 'suppressed',
      suppressedBy: 'The same device on a cellular line: operators let traffic out far from the person.',
    });
  });

  it('does not suppress two tokens that differ, however alike the devices are', () => {
    const [finding] = travel(
      ...lifeAtHome(),
      home({ deviceToken: 't1' }),
      away({ deviceToken: 't2', network: network(1) }),
    );
    expect(finding?.state).toBe('open');
  });

  it('keeps a suppressed pair from hiding an alert of the same sessions', () => {
    const [suppressed, phoned] = [
      away({ network: network(1) }),
      away({ atMs: at + 31 * MINUTE, device: phone, network: network(1) }),
    ];
    const states = travel(...lifeAtHome(), home(), suppressed, phoned, home({ atMs: at + 32 * MINUTE })).map(
      ({ state }) => state,
    );
    expect(states).toEqual(['suppressed', 'open']);
  });
});

describe('a journey that is likely rather than beyond doubt', () => {
  // 504 km away, and a reach of 533: an airliner that needs nobody to board it makes it.
  const soon = { atMs: at + 26 * MINUTE, place: munich };
  const stranger = { ...soon, device: macbook };

  it('is told of a stranger, a step lower, with what it rests on', () => {
    const [finding, ...others] = travel(...lifeAtHome(20, { network: network(1) }), home(), away(stranger));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      title: 'Hardly possible travel: “Berlin”, Germany to “Munich”, Germany, 504 km in 26 minutes',
      evidence: { reachKm: 100, groundHours: 0.5, newDevice: true, lineBack: null },
    });
    expect(finding?.explanation).toContain('gets 100 km far in that time, 30 minutes of it on the ground');
    expect(finding?.explanation).toContain('not beyond doubt');
  });

  it('is told whichever end came first', () => {
    const found = travel(
      ...lifeAtHome(20, { network: network(1) }),
      away({ ...stranger, atMs: at }),
      home({ atMs: at + 26 * MINUTE }),
    );
    expect(found).toMatchObject([{ severity: 'medium', sessions: ['away', 'home'] }]);
  });

  it.each<[string, Partial<Sighting>]>([
    ['on a network that the person knows', { ...stranger, network: network(1) }],
    ['on a network nobody knows the number of', { ...stranger, network: null }],
    ['with a known kind of device in a known country', soon],
    ['with the same device token', { ...stranger, deviceToken: 't' }],
    ['on a cellular line', { ...stranger, network: network(2, 'cellular') }],
    ['in time for a flight', { ...stranger, fromMs: at + 60 * MINUTE, toMs: at + 60 * MINUTE }],
  ])('is not told %s', (_, over) => {
    const token = over.deviceToken === undefined ? {} : { deviceToken: over.deviceToken };
    const sightings = [...lifeAtHome(20, { network: network(1), ...token }), home(token), away(over)];
    expect(travel(...sightings)).toEqual([]);
  });

  it('is told of a known kind of device in a new country', () => {
    const abroad = { ...soon, place: { ...munich, country: 'AT' } };
    const found = travel(...lifeAtHome(20, { network: network(1) }), home(), away(abroad));
    expect(found).toMatchObject([{ severity: 'medium', evidence: { newDevice: false } }]);
  });

  it('is not told between two strange networks: nothing says which of them is the person’s', () => {
    expect(travel(...lifeAtHome(), home(), away(stranger))).toEqual([]);
  });

  it('is learning until the person is mature', () => {
    const found = travel(...lifeAtHome(5, { network: network(1) }), home(), away(stranger));
    expect(found).toMatchObject([{ state: 'learning' }]);
  });
});

describe('a stranger on the person’s own network', () => {
  const atHome = lifeAtHome(20, { network: network(1) });
  const sameNetwork = { network: network(1), ip: '81.2.70.9' };
  const backHome = home({ atMs: at + 90 * MINUTE, sessionKey: 'back' });

  it('is suppressed while the line may have moved, and told when it is back where it was', () => {
    expect(travel(...atHome, home(), away(sameNetwork)).map(({ state }) => state)).toEqual(['suppressed']);
    const found = travel(...atHome, home(), away(sameNetwork), backHome);

    expect(found.map(({ state }) => state)).toEqual(['suppressed', 'open']);
    expect(found[1]).toMatchObject({
      severity: 'medium',
      sessions: expect.arrayContaining(['home', 'away']) as string[],
      atMs: at + 90 * MINUTE,
      infrastructure: { prefix: '81.2.70.0/24' },
      evidence: { lineBack: { ip: '81.2.69.142' } },
    });
    expect(found[1]?.explanation).toContain('the line was back at 81.2.69.142');
  });

  it('is told where another network was in between, and both are familiar', () => {
    const office = { network: network(7), place: munich };
    const found = travel(
      ...atHome,
      ...lifeAtHome(20, office),
      home({ ...office, atMs: at }),
      away(sameNetwork),
      home({ ...office, atMs: at + 40 * MINUTE }),
      home({ atMs: at + 100 * MINUTE, sessionKey: 'back' }),
    );
    expect(found.filter(({ state }) => state === 'open')).toMatchObject([{ severity: 'medium' }]);
  });

  const token = { deviceToken: 't' };
  it.each<[string, readonly Sighting[]]>([
    [
      'with the same device token',
      [home(token), away({ ...sameNetwork, ...token }), { ...backHome, ...token }],
    ],
    [
      'where the line is somewhere else afterwards',
      [home(), away(sameNetwork), home({ atMs: at + 90 * MINUTE, ip: '81.2.71.1' })],
    ],
    [
      'where the line went to and fro before',
      [
        home({ atMs: at - 30 * HOUR, ip: '81.2.71.1' }),
        home({ atMs: at - 20 * HOUR }),
        home(),
        away(sameNetwork),
        backHome,
      ],
    ],
  ])('is not told %s', (_, sightings) => {
    expect(travel(...atHome, ...sightings).filter(({ state }) => state === 'open')).toEqual([]);
  });
});

describe('what a person is known for', () => {
  const office = { network: network(7), place: paris, device: macbook };
  const atWork = lifeAtHome(20, office).map((sighting): Sighting => {
    return { ...sighting, fromMs: sighting.toMs + 8 * HOUR, toMs: sighting.toMs + 8 * HOUR };
  });
  const usual = [...lifeAtHome(20, { network: network(1) }), ...atWork];

  it('speaks for both ends', () => {
    const [finding, ...others] = travel(...usual, home(), away(office));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({ state: 'suppressed', severity: 'high' });
    expect(finding?.suppressedBy).toContain('known for every one of these networks and kinds of device');
    expect(finding?.explanation).toContain('Not alerted.');
  });

  it('speaks for neither where one end is strange: another network, or another kind of device', () => {
    expect(travel(...usual, home(), away({ ...office, network: network(8) }))[0]?.state).toBe('open');
    expect(travel(...usual, home(), away({ ...office, device: phone }))[0]?.state).toBe('open');
    expect(
      travel(...usual, away({ ...office, network: network(8) }), home({ atMs: at + 40 * MINUTE }))[0]?.state,
    ).toBe('open');
  });

  it('can’t be taught in one night', () => {
    const intruder = { ...office, network: network(8) };
    const night = [0, 1, 2].map((hour) =>
      away({ ...intruder, atMs: at - hour * HOUR, sessionKey: `n${hour}` }),
    );

    expect(
      travel(...usual, ...night, home({ atMs: at + MINUTE })).some(({ state }) => state === 'open'),
    ).toBe(true);
  });
});

describe('a network that acts like a mobile carrier', () => {
  const carrier = { network: network(9), place: paris, device: phone };
  const onPhone = (days: number, over: Partial<Sighting> = {}) => lifeAtHome(days, { ...carrier, ...over });
  const atHome = lifeAtHome(20, { network: network(1) });
  const stranger = { device: macbook, network: network(8) };

  it('speaks for the person, visibly, whatever the other end is', () => {
    const finding = travel(...atHome, ...onPhone(10), home(stranger), away({ ...carrier, place: tokyo })).at(
      -1,
    );

    expect(finding).toMatchObject({ state: 'suppressed' });
    expect(finding?.suppressedBy).toContain('as with a mobile carrier');
  });

  it('is looked past: what was before it is compared too', () => {
    const between = away({ ...carrier, atMs: at + MINUTE });
    const found = travel(...atHome, ...onPhone(10), home(), between, away(stranger));

    expect(found.filter(({ state }) => state === 'open')).toMatchObject([{ sessions: ['home', 'away'] }]);
  });

  it('is none with too few sightings, with too many of them by laptops, or for who has nothing but a phone', () => {
    const isOpen = (...past: readonly Sighting[]) =>
      travel(...past, home(stranger), away({ ...carrier, place: tokyo })).some(
        ({ state }) => state === 'open',
      );

    expect(isOpen(...atHome, ...onPhone(9))).toBe(true);
    expect(isOpen(...atHome, ...onPhone(10))).toBe(false);
    expect(isOpen(...atHome, ...onPhone(10), ...onPhone(11, { device: laptop }))).toBe(true);
    expect(isOpen(...lifeAtHome(20, { network: network(1), device: phone }), ...onPhone(10))).toBe(true);
  });

  it('can’t be made one in one day', () => {
    const rush = Array.from({ length: 20 }, (_, n) =>
      away({ ...carrier, place: tokyo, atMs: at - n * MINUTE }),
    );

    expect(travel(...atHome, ...rush, home(stranger)).some(({ state }) => state === 'open')).toBe(true);
  });
});

describe('what impossible travel can’t judge', () => {
  it.each<[string, Partial<Sighting>, RegExp]>([
    ['no place', { place: null }, /No place is known/],
    [
      'a record without coordinates and country',
      { place: { ...tokyo, country: null, lat: null, lon: null } },
      /neither coordinates/,
    ],
    [
      'coordinates that contradict the country',
      { place: { ...tokyo, country: 'BR' } },
      /far outside the country/,
    ],
    ['an untrusted time', { quality: 'untrusted' }, /known to be wrong/],
    ['a time nothing bounds', { fromMs: null }, /nothing says how long/],
    ['a moment in the future', { fromMs: NOW_MS + HOUR, toMs: NOW_MS + HOUR }, /in the future/],
    ['a time that is no date', { fromMs: Number.NaN, toMs: Number.NaN }, /no readable date/],
  ])('says so: %s', (_, over, reason) => {
    expect(travel(...lifeAtHome(), home(), away(over))).toEqual([]);
    expect(reasons(...lifeAtHome(), home(), away(over))).toEqual([expect.stringMatching(reason)]);
  });

  it.each<[IpClass, RegExp]>([
    ['private', /private/],
    ['loopback', /loopback/],
    ['link-local', /link-local/],
    ['carrier-nat', /100\.64/],
    ['unique-local', /fc00/],
    ['documentation', /documentation/],
    ['multicast', /multicast/],
    ['reserved', /reserved/],
  ])('says so: a %s address', (ipClass, reason) => {
    expect(travel(...lifeAtHome(), home(), away({ ipClass }))).toEqual([]);
    expect(reasons(...lifeAtHome(), home(), away({ ipClass }))).toEqual([expect.stringMatching(reason)]);
  });

  it.each<NetworkKind>([
    'corporate',
    'hosting',
    'vpn',
    'proxy',
    'residential-proxy',
    'tor',
    'relay',
    'satellite',
  ])('says so: a network of the kind %s, on either end', (kind) => {
    for (const pair of [
      [home(), away({ network: network(2, kind) })],
      [home({ network: network(1, kind) }), away()],
    ]) {
      expect(travel(...lifeAtHome(), ...pair).filter(({ sessions }) => sessions.length === 2)).toEqual([]);
      expect(reasons(...lifeAtHome(), ...pair)).toEqual([expect.stringContaining(`“${kind}”`)]);
    }
  });

  it('says so: two records that name the same country and nothing more', () => {
    const vague = { ...berlin, city: null };
    const pair = [home({ place: vague }), away({ place: { ...vague, lat: 48, lon: 8 } })];
    expect(travel(...pair)).toEqual([]);
    expect(reasons(...pair)).toEqual(['Both records name the same country and nothing more.']);
  });

  it('lets documentation addresses have a place where the settings say so', () => {
    const facts = factsOf(...lifeAtHome(), home(), away({ ipClass: 'documentation' }));
    const { findings } = detect(facts, { ...defaultSettings, documentationHasPlace: true });
    expect(findings.some(({ rule }) => rule === 'impossible-travel')).toBe(true);
  });

  it('looks past a phone on its carrier that comes in between', () => {
    const mail = (atMs: number) =>
      aSighting({ atMs, sessionKey: 'mail', network: network(3, 'cellular'), device: phone });

    expect(
      travel(...lifeAtHome(), home(), mail(at + 20 * MINUTE), away(), mail(at + 40 * MINUTE)),
    ).toMatchObject([{ sessions: ['home', 'away'] }]);
    expect(
      travel(...lifeAtHome(), away(), mail(at + 40 * MINUTE), home({ atMs: at + 50 * MINUTE })),
    ).toMatchObject([{ sessions: ['away', 'home'] }]);
  });

  it('looks past a home of which the record knows the country alone', () => {
    const vague = home({ atMs: at + 4 * MINUTE, sessionKey: 'vague', place: { ...berlin, city: null } });
    const [early, late] = [away({ place: munich, atMs: at }), away({ place: munich, atMs: at + 9 * MINUTE })];

    expect(travel(...lifeAtHome(), home(), vague, late)).toMatchObject([{ sessions: ['home', 'away'] }]);
    expect(travel(...lifeAtHome(), early, vague, home({ atMs: at + 9 * MINUTE }))).toMatchObject([
      { sessions: ['away', 'home'] },
    ]);
  });

  it('never fires on a cellular line', () => {
    expect(travel(...lifeAtHome(), home(), away({ network: network(2, 'cellular') }))).toEqual([]);
  });
});

describe('a person with tens of thousands of sightings that are all far apart and close in time', () => {
  const sightings = Array.from({ length: 40_000 }, (_, index) =>
    aSighting({
      atMs: NOW_MS - 80 * DAY + index * 10,
      sessionKey: `k${index % 5000}`,
      place: {
        ...berlin,
        lat: -60 + (index % 1201) / 10,
        lon: -150 + ((index * 997) % 3001) / 10,
        country: null,
      },
      device: index % 2 === 0 ? laptop : phone,
      network: network(index % 100),
    }),
  );
  it('is compared with no more than the places that may be active, whatever their number', () => {
    const person = caseOf(factsOf(...sightings), createSurvey(defaultSettings));
    let pairs = 0;
    visitTravelPairs(waypointsOf(person, ignored), defaultSettings, ignored, () => {
      pairs += 1;
    });
    expect(pairs).toBeGreaterThan(15 * sightings.length);
    expect(pairs).toBeLessThanOrEqual(17 * sightings.length);
  });

  it('is told of the latest thousand pairs, and that there are more', () => {
    const found = travel(...sightings.slice(0, 3000));
    expect(found).toHaveLength(1000);
    expect(found.at(-1)?.atMs).toBe(sightings[2999]?.toMs);
    expect(reasons(...sightings.slice(0, 3000))).toContain(
      'More than 1000 impossible pairs: the oldest are left out.',
    );
  });
});
