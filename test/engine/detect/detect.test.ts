import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleCatalogue } from '../../../src/contract/rule-catalogue.ts';
import { ruleId, scoreBySeverity } from '../../../src/contract/rules.ts';
import { finding as findingSchema } from '../../../src/contract/finding.ts';
import { catalogue } from '../../../src/engine/detect/catalogue.ts';
import { detect } from '../../../src/engine/detect/detect.ts';
import type { Sighting } from '../../../src/engine/detect/facts.ts';
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
  tokyo,
} from '../../support/sighting.ts';

const [hosted, tor] = [network(5, 'hosting'), network(6, 'hosting', 'tor')];

/** Sightings that make sense, over 40 days, dense enough for every rule to find something. */
const plausible: fc.Arbitrary<Sighting> = fc
  .record({
    atMs: fc
      .integer({ min: 0, max: 40 * 24 * 4 })
      .map((quarter) => NOW_MS - 40 * DAY + quarter * 15 * MINUTE),
    kind: fc.constantFrom('login', 'start', 'activity'),
    outcome: fc.constantFrom('success', 'success', 'failure', 'unknown'),
    sessionKey: fc.constantFrom(null, 'a', 'b', 'c'),
    place: fc.constantFrom(berlin, munich, paris, tokyo, { ...tokyo, city: null }, null),
    network: fc.constantFrom(
      network(1),
      network(2),
      network(3, 'vpn'),
      network(4, 'cellular'),
      hosted,
      tor,
      null,
    ),
    ipClass: fc.constantFrom('public', 'public', 'public', 'private'),
    isQuarantined: fc.constantFrom(false, false, false, true),
    device: fc.constantFrom(laptop, macbook, phone, null),
    source: fc.constantFrom('app', 'files'),
  } as const)
  .map((over) => aSighting(over));

/** Whatever a far side could make of a sighting, within its types. */
const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 8.64e15, 1e300),
);
const anyText = fc.option(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'DE', '__proto__', '\uD800', 'x'.repeat(70_000)),
  ),
);
const hostile: fc.Arbitrary<Sighting> = fc
  .record({
    fromMs: fc.option(anyNumber),
    toMs: fc.oneof(anyNumber, fc.integer({ min: NOW_MS - DAY, max: NOW_MS })),
    quality: fc.constantFrom('reported', 'derived', 'untrusted', 'missing'),
    sessionKey: fc.constantFrom(null, 'a', 'b', '__proto__'),
    ip: anyText,
    ipClass: fc.constantFrom(null, 'public', 'private', 'documentation'),
    place: fc.option(
      fc.record({
        country: anyText,
        region: anyText,
        city: anyText,
        lat: fc.option(anyNumber),
        lon: fc.option(anyNumber),
        accuracyKm: fc.option(anyNumber),
      }),
    ),
    network: fc.option(fc.record({ asn: fc.option(fc.integer()), org: anyText, kinds: fc.constant([]) })),
    device: fc.option(
      fc.record({
        browser: anyText,
        browserVersion: anyText,
        os: anyText,
        osVersion: anyText,
        kind: fc.constantFrom('desktop', 'unknown'),
      }),
    ),
    userAgent: anyText,
    deviceToken: anyText,
  } as const)
  .map((over) => aSighting(over));

describe('detection', () => {
  it('gives the same for the same facts in any order', () => {
    const shuffled = fc
      .array(plausible, { maxLength: 40 })
      .chain((sightings) =>
        fc.tuple(fc.constant(sightings), fc.shuffledSubarray(sightings, { minLength: sightings.length })),
      );
    fc.assert(
      fc.property(shuffled, ([sightings, others]) => {
        expect(detect(factsOf(...others))).toEqual(detect(factsOf(...sightings)));
      }),
    );
  });

  it('finds poll by poll what it finds all at once', () => {
    fc.assert(
      fc.property(fc.array(plausible, { maxLength: 25 }), (sightings) => {
        const inOrder = [...sightings].sort((a, b) => a.toMs - b.toMs || (a.id < b.id ? -1 : 1));
        // Whether a login belongs to a session is known only minutes after it began: such a finding may be withdrawn.
        const findingsIn = (seen: readonly Sighting[]) =>
          detect(factsOf(...seen)).findings.filter(({ rule }) => rule !== 'session-without-login');
        const found = new Map<string, string>();
        inOrder.forEach((_, index) => {
          for (const finding of findingsIn(inOrder.slice(0, index + 1))) {
            if (!found.has(finding.dedupeKey)) found.set(finding.dedupeKey, JSON.stringify(finding));
          }
        });
        const atOnce = findingsIn(inOrder);
        expect([...found.values()].sort()).toEqual(atOnce.map((finding) => JSON.stringify(finding)).sort());
      }),
    );
  });

  it('never throws, and every finding keeps the contract, whatever the far side sends', () => {
    fc.assert(
      fc.property(
        fc.array(hostile, { maxLength: 12 }),
        fc.array(plausible, { maxLength: 12 }),
        (wild, tame) => {
          const { findings } = detect(factsOf(...wild, ...tame));
          for (const { atMs, dedupeKey, ...rest } of findings) {
            const at = new Date(atMs).toISOString();
            const unwritten = {
              prefix: null,
              asn: null,
              client: null,
              userName: null,
              incident: null,
              duplicateOf: null,
              suppression: null,
            };
            const undecided = { verdict: null, verdictReason: null, verdictBy: null, verdictAt: null };
            const score = scoreBySeverity[rest.severity];
            const stored = { ...rest, ...unwritten, ...undecided, id: dedupeKey, at, score };
            expect(findingSchema.safeParse(stored).error).toBeUndefined();
            expect(JSON.parse(JSON.stringify(rest.evidence))).toEqual(rest.evidence);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('explains every finding: who, how sure and what would make it wrong', () => {
    let count = 0;
    fc.assert(
      fc.property(fc.array(plausible, { minLength: 10, maxLength: 40 }), (sightings) => {
        for (const { explanation, title, state, suppressedBy, evidence } of detect(factsOf(...sightings))
          .findings) {
          count += 1;
          expect(title).not.toBe('');
          expect(explanation).toMatch(/“ann” at “(app|files)”.*How sure: .*What would make it wrong: /);
          expect(Object.keys(evidence).length).toBeGreaterThan(2);
          expect(state === 'suppressed').toBe(suppressedBy !== null);
        }
      }),
    );
    expect(count).toBeGreaterThan(100);
  });

  it('gives each finding a key of its own', () => {
    fc.assert(
      fc.property(fc.array(plausible, { maxLength: 40 }), (sightings) => {
        const keys = detect(factsOf(...sightings)).findings.map(({ dedupeKey }) => dedupeKey);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('finds nothing in an ordinary life, and nothing in nothing', () => {
    expect(detect(factsOf(...lifeAtHome(60))).findings).toEqual([]);
    expect(detect(factsOf())).toEqual({ findings: [], notEvaluable: [] });
  });

  it('leaves moments older than it judges to the past', () => {
    const pair = (atMs: number) => [
      aSighting({ atMs }),
      aSighting({ atMs: atMs + MINUTE, place: tokyo, network: network(2) }),
    ];
    expect(detect(factsOf(...pair(NOW_MS - 91 * DAY))).findings).toEqual([]);
    expect(detect(factsOf(...pair(NOW_MS - 89 * DAY))).findings).not.toEqual([]);
  });

  it('does not change the facts it is given', () => {
    const facts = factsOf(
      aSighting({ atMs: NOW_MS - HOUR }),
      aSighting({ atMs: NOW_MS - 2 * HOUR, place: tokyo }),
    );
    const copy = structuredClone(facts);
    detect(facts);
    expect(facts).toEqual(copy);
  });
});

describe('the catalogue', () => {
  it('has one rule for each id of the contract, each with what it needs', () => {
    const ids = catalogue.map(({ id }) => id);
    expect(ids.filter((id) => !ruleId.options.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    const letters = Object.values(ruleCatalogue).map(({ letter }) => letter);
    expect(new Set(letters).size).toBe(letters.length);
    for (const { id, cannotJudge, lowered } of catalogue) {
      expect([id, [...cannotJudge, ...lowered].filter((text) => text === '')]).toEqual([id, []]);
    }
  });
});
