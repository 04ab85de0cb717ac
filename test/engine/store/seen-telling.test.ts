import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aSighting,
  berlin,
  factsOf,
  HOUR,
  laptop,
  lifeAtHome,
  network,
  NOW_MS,
  phone,
  tokyo,
} from '../../support/sighting.ts';
import { foundBy } from '../../support/judged.ts';
import type { PersonFacts, RuleFinding, Sighting } from '../../../src/engine/detect/facts.ts';
import { sightingEvidence } from '../../../src/engine/detect/evidence.ts';
import { eventOutcomes } from '../../../src/engine/query/codes.ts';
import { evidenceLines, evidenceSentences } from '../../../src/engine/store/evidence-lines.ts';
import { packTelling, tellingText } from '../../../src/engine/store/finding-telling.ts';
import { isSeenTelling, seenEvidence, seenTelling } from '../../../src/engine/store/seen-telling.ts';
import { inOrder, StoredSighting, type Where } from '../../../src/engine/store/stored-sighting.ts';

const digestOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** A sighting as the store would hand it out. */
function storedSighting(sighting: Sighting): StoredSighting {
  const { kind, fromMs, toMs, quality, outcome, isOwnPoll, source, userId, idReconnects, sessionKey } =
    sighting;
  const { ip, ipClass, place, network: of, device, userAgent } = sighting;
  const where: Where = {
    ip: ip === null || ipClass === null ? null : { address: ip, ipClass },
    ...{ place, network: of, device, userAgent },
    numbers: [1, 2, 3, 4, 5],
  };
  const moment = { kind, fromMs, toMs, quality, outcome, isOwnPoll, number: 7 };
  return new StoredSighting(moment, { who: { source, userId, idReconnects }, key: sessionKey }, where);
}

/** Facts of the same sightings as the store would hand them out. */
function storedFacts(
  ...sightings: readonly Sighting[]
): PersonFacts & { readonly sightings: readonly StoredSighting[] } {
  return { ...factsOf(...sightings), sightings: sightings.map(storedSighting).sort(inOrder) };
}

/** What is read of a finding that was stored with a person's sightings at hand; null where it is stored with its names. */
function readAgain(
  finding: RuleFinding,
  sightings: readonly StoredSighting[],
): RuleFinding['evidence'] | null {
  const told = seenTelling(finding, sightings);
  if (told === null) return null;
  expect(isSeenTelling(told.bytes)).toBe(true);
  const sighting = sightings.find(
    ({ id }) => id === (finding.evidence.sighting as { sighting: string }).sighting,
  );
  if (sighting === undefined) throw new Error('the finding is about no sighting');
  expect(told.entries).toBe(sighting.where.numbers);
  return seenEvidence(told.bytes, finding, sighting.where);
}

const stranger = {
  device: phone,
  place: tokyo,
  network: network(7),
  userAgent: 'Mozilla/5.0 (Linux; Android 16)',
};
/** Of each rule that has a line, a person of whom it finds something. */
const examples: Readonly<Record<string, PersonFacts & { readonly sightings: readonly StoredSighting[] }>> = {
  'new-device': storedFacts(...lifeAtHome(), aSighting({ atMs: NOW_MS - HOUR, ...stranger })),
  'new-network': storedFacts(...lifeAtHome(), aSighting({ atMs: NOW_MS - HOUR, network: network(7) })),
  'new-country': storedFacts(...lifeAtHome(), aSighting({ atMs: NOW_MS - HOUR, ...stranger })),
  'private-ip': storedFacts(
    aSighting({ atMs: NOW_MS - HOUR, ip: '10.0.0.7', ipClass: 'private', place: null, network: null }),
  ),
};

describe('what a finding tells of one sighting', () => {
  it.each(Object.keys(examples))(
    'is stored without what the dictionaries know of it, and read as it was: %s',
    (rule) => {
      const facts = examples[rule];
      const [found] = facts === undefined ? [] : foundBy(rule as RuleFinding['rule'], facts);
      if (facts === undefined || found === undefined) throw new Error('nothing was found');
      const finding = { ...found, words: null };
      const evidence = readAgain(finding, facts.sightings);
      expect(JSON.stringify(evidence)).toBe(JSON.stringify(finding.evidence));
      const bytes = seenTelling(finding, facts.sightings)?.bytes.length;
      expect(bytes).toBeLessThan(packTelling(finding.rule, tellingText(finding)).length * 0.6);
    },
  );

  it('has an example for every line', () => {
    expect(new Set(evidenceLines.map(([rule]) => rule))).toEqual(new Set(Object.keys(examples)));
  });

  it('is read as it was, whatever the sighting and its values', () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 30 }));
    const sighting = fc.record({
      kind: fc.constantFrom('start', 'activity', 'login'),
      fromMs: fc.option(fc.integer({ min: 0, max: NOW_MS })),
      outcome: fc.constantFrom(...eventOutcomes),
      source: fc.string(),
      userId: fc.string(),
      sessionKey: fc.option(fc.oneof(fc.string(), fc.constant('a'.repeat(26)))),
      ip: fc.constantFrom(null, '192.0.2.1', '2001:db8::1'),
      place: fc.option(
        fc.record({ country: text, region: text, city: text }).map((names) => ({ ...berlin, ...names })),
      ),
      network: fc.option(
        fc.record({ asn: fc.option(fc.nat()), org: text, kinds: fc.subarray(['vpn', 'hosting'] as const) }),
      ),
      device: fc.option(fc.record({ browser: text, os: text }).map((names) => ({ ...laptop, ...names }))),
      userAgent: fc.option(fc.string({ maxLength: 600 })),
    });
    const flags = fc.record({
      ...{
        newSystem: fc.boolean(),
        newBrowser: fc.boolean(),
        newNetwork: fc.boolean(),
        newCountry: fc.boolean(),
      },
    });
    fc.assert(
      fc.property(sighting, fc.jsonValue(), fc.jsonValue(), flags, (parts, device, devicesBefore, news) => {
        const one = storedSighting(aSighting({ ...parts, toMs: NOW_MS }));
        const evidence = { sighting: sightingEvidence(one), device, devicesBefore, ...news };
        const finding = findingOf(one, evidence);
        expect(JSON.stringify(readAgain(finding, [one]))).toBe(JSON.stringify(evidence));
      }),
    );
  });

  it('is told apart from others of the same moment', () => {
    const [one, other] = ['one', 'other'].map((sessionKey, at) =>
      storedSighting(aSighting({ kind: 'start', sessionKey, toMs: NOW_MS, ip: `192.0.2.${at}` })),
    );
    if (one === undefined || other === undefined) throw new Error('there are two');
    const finding = findingOf(
      other,
      { sighting: sightingEvidence(other), source: 'app', ipClass: 'private' },
      'private-ip',
    );
    expect(readAgain(finding, [one, other])).toMatchObject({
      sighting: { session: 'other', ip: '192.0.2.1' },
    });
    expect(seenTelling(finding, [one])).toBeNull();
    expect(seenTelling(finding, [])).toBeNull();
  });

  it('is stored with its names where its shape is another one, or where it has words', () => {
    const one = storedSighting(aSighting({ toMs: NOW_MS }));
    const evidence = { sighting: sightingEvidence(one), source: 'app', ipClass: 'private' };
    expect(seenTelling(findingOf(one, evidence, 'private-ip'), [one])).not.toBeNull();
    const words = { title: 'Private', explanation: 'Because.' };
    expect(seenTelling({ ...findingOf(one, evidence, 'private-ip'), words }, [one])).toBeNull();
    for (const other of [
      { ...evidence, raisedForAdministrator: true },
      { source: 'app', sighting: evidence.sighting, ipClass: 'private' },
      { ...evidence, ipClass: undefined },
      { ...evidence, sighting: null },
    ])
      expect(seenTelling(findingOf(one, other, 'private-ip'), [one])).toBeNull();
    expect(seenTelling(findingOf(one, evidence, 'tor-exit'), [one])).toBeNull();
    const later = { ...findingOf(one, evidence, 'private-ip'), atMs: NOW_MS + 1 };
    expect(seenTelling(later, [one])).toBeNull();
  });

  it('can be read for ever: the lines that stored findings refer to are what they were', () => {
    expect(digestOf(evidenceLines.slice(0, 4))).toBe(
      '2d52f9938cd40f6fc618f92a104f85ff9e925702c2cad694d890dc84dd2b3c13',
    );
    expect(digestOf(evidenceSentences.slice(0, 1))).toBe(
      '67b7029cb77e8bcae1cf2f83317ab6fead3b930a9489c883178c409cfbe133b2',
    );
  });
});

function findingOf(
  about: StoredSighting,
  evidence: RuleFinding['evidence'],
  rule: RuleFinding['rule'] = 'new-device',
): RuleFinding {
  const { source, userId, toMs: atMs } = about;
  return {
    ...{ rule, source, userId, atMs, evidence, dedupeKey: 'key', severity: 'low', score: 20, sessions: [] },
    infrastructure: { prefix: null, asn: null, client: null },
    ...{ words: null, state: 'open', suppressedBy: null },
  };
}
