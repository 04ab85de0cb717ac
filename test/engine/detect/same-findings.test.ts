import fc from 'fast-check';
import { expect, it } from 'vitest';
import { detect, findingsOf } from '../../../src/engine/detect/detect.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { createSurvey } from '../../../src/engine/detect/survey.ts';
import { readable } from '../../../src/engine/detect/tell.ts';
import { userNameOf } from '../../../src/engine/detect/words.ts';
import {
  aSighting,
  berlin,
  DAY,
  factsOf,
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
} from '../../support/sighting.ts';
import { naiveFindings, naiveRules } from './naive-findings.ts';
import type { Told } from './naive-person.ts';
import { naiveTravel } from './naive-travel.ts';

const [hosted, tor] = [network(5, 'hosting'), network(6, 'hosting', 'tor')];
const sighting: fc.Arbitrary<Sighting> = fc
  .record({
    slot: fc.integer({ min: 0, max: 90 }),
    day: fc.constantFrom(0, 0, 0, 0, 1, 2, 30, 100, 170),
    uncertainMs: fc.constantFrom(0, 0, 0, 5 * MINUTE, 15 * MINUTE, 5 * DAY, null),
    kind: fc.constantFrom('login', 'start', 'activity', 'activity'),
    outcome: fc.constantFrom('success', 'success', 'failure', 'unknown'),
    sessionKey: fc.constantFrom(null, 'a', 'b', 'c'),
    ip: fc.constantFrom('81.2.69.142', '2a02:8108::1', null),
    ipClass: fc.constantFrom('public', 'public', 'public', 'public', 'public', 'private'),
    place: fc.constantFrom(berlin, potsdam, paris, tokyo, { ...tokyo, city: null }, null),
    network: fc.constantFrom(
      network(1),
      network(1),
      network(2),
      network(2),
      network(3, 'vpn'),
      network(4, 'cellular'),
      null,
      hosted,
      tor,
    ),
    device: fc.constantFrom(laptop, macbook, { ...laptop, os: 'Linux' }),
    deviceToken: fc.constantFrom(undefined, undefined, 'token'),
    isQuarantined: fc.constantFrom(false, false, false, true),
  } as const)
  .map(({ slot, day, uncertainMs, ...over }) => {
    const atMs = NOW_MS - day * DAY - slot * 5 * MINUTE;
    return aSighting({ ...over, atMs, fromMs: uncertainMs === null ? null : atMs - uncertainMs });
  });

/** Some days on a phone on one network, which acts like a carrier until laptops come to it as well. */
const lifeOnThePhone = () => lifeAtHome(12, { network: network(1), device: phone });

/** Half a life at home makes some of them mature; a login at the very beginning makes the source one that tells of logins. */
const person: fc.Arbitrary<PersonFacts> = fc
  .tuple(
    fc.array(sighting, { maxLength: 60, size: 'max' }),
    fc.constantFrom(
      () => [],
      () => lifeAtHome(40),
      () => [...lifeAtHome(40), ...lifeOnThePhone()],
    ),
  )
  .map(([sightings, life]) => {
    const before = [aSighting({ atMs: NOW_MS - 300 * DAY }), ...life()];
    return factsOf(...[...before, ...sightings].sort((a, b) => a.toMs - b.toMs || (a.id < b.id ? -1 : 1)));
  });

it('finds in one pass what asking every question of every sighting finds', () => {
  let count = 0;
  const rules = new Set<string>();
  fc.assert(
    fc.property(person, (facts) => {
      const naive = naiveFindings(facts);
      count += naive.length;
      const told = detect(facts)
        .findings.filter(({ rule }) => naiveRules.has(rule))
        .map(({ rule, atMs, severity, state }): Told => [rule, atMs, severity, state]);
      for (const [rule] of told) rules.add(rule);
      expect(told.map(String).sort()).toEqual(naive.map(String).sort());
    }),
    { numRuns: 300 },
  );
  expect(count).toBeGreaterThan(1000);
  // Those need lists, a policy, an organisation, or a relay.
  const silent = ['new-country-for-organisation', 'country-policy', 'relay-or-satellite', 'listed-ip'];
  expect([...naiveRules].filter((rule) => !rules.has(rule))).toEqual(silent);
});

/** Somebody's line, and a few sightings on it, on others of the same network, and on strange networks, some of them attacks. */
const visited: fc.Arbitrary<PersonFacts> = fc
  .array(
    fc
      .record({
        slot: fc.integer({ min: -20, max: 20 }),
        day: fc.constantFrom(3, 3, 3, 4, 20),
        kind: fc.constantFrom('login', 'activity'),
        ip: fc.constantFrom('81.2.69.142', '81.2.70.1', '81.2.71.1', '2a02:8108::1'),
        place: fc.constantFrom(berlin, munich, munich, paris, tokyo, { ...munich, city: null }),
        network: fc.constantFrom(network(1), network(1), network(2)),
        device: fc.constantFrom(laptop, laptop, macbook),
        deviceToken: fc.constantFrom(undefined, undefined, undefined, undefined, 'token'),
        isQuarantined: fc.constantFrom(false, false, false, false, true),
      } as const)
      .map(({ slot, day, ...over }) => aSighting({ ...over, atMs: NOW_MS - day * DAY - slot * 5 * MINUTE })),
    { maxLength: 8, size: 'max' },
  )
  .map((visits) => {
    const life = lifeAtHome(30, { network: network(1) });
    return factsOf(...[...life, ...visits].sort((a, b) => a.toMs - b.toMs || (a.id < b.id ? -1 : 1)));
  });

it('finds the strangers on a person’s line that asking every question finds', () => {
  let [strayed, likely] = [0, 0];
  fc.assert(
    fc.property(visited, (facts) => {
      const found = detect(facts).findings.filter(({ rule }) => rule === 'impossible-travel');
      strayed += found.filter(({ evidence }) => evidence.lineBack !== null).length;
      likely += found.filter(({ evidence }) => evidence.groundHours !== 0).length;
      const told = found.map(({ rule, atMs, severity, state }): Told => [rule, atMs, severity, state]);
      const naive = [...naiveTravel(facts)].filter(([, atMs]) => atMs >= facts.nowMs - 90 * DAY);
      expect(told.map(String).sort()).toEqual(naive.map(String).sort());
    }),
    { numRuns: 200 },
  );
  expect(Math.min(strayed, likely)).toBeGreaterThan(3);
});

it('finds the same of one person after another as of each alone', () => {
  const survey = createSurvey(defaultSettings);
  fc.assert(
    fc.property(person, (facts) => {
      const found = findingsOf(facts, survey).map((each) => readable(each, userNameOf(facts, each)));
      expect(found).toEqual(detect(facts).findings);
    }),
  );
});

it('judges only the newer half of facts that were cut', () => {
  const pair = (atMs: number) => [
    aSighting({ atMs }),
    aSighting({ atMs: atMs + MINUTE, place: tokyo, network: network(2) }),
  ];
  const facts = factsOf(...pair(NOW_MS - 6 * DAY), ...pair(NOW_MS - 4 * DAY));
  const times = (cut: Partial<PersonFacts>) =>
    detect({ ...facts, ...cut })
      .findings.filter(({ rule }) => rule === 'impossible-travel')
      .map(({ atMs }) => Math.round((NOW_MS - atMs) / DAY));
  expect(times({})).toEqual([6, 4]);
  expect(times({ cutBeforeMs: NOW_MS - 10 * DAY })).toEqual([4]);
});
