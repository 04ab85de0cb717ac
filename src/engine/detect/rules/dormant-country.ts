import { arrivalsOf, type Arrival } from '../arrivals.ts';
import type { Case } from '../case.ts';
import { isOnKnownDevice } from '../device-news.ts';
import { rounded, sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { tellUnplaced } from '../unplaced.ts';
import { addressName, countryInText, deviceName, duration, moment, personName, placeName } from '../words.ts';

const DAY_MS = 86_400_000;

/**
 * A person is back in a known country where he was not seen for 30 days, while he was seen in others (detections 4.1). Who was
 * not seen anywhere may have been there all the time: nothing follows from absence.
 *
 * Can't judge: unknown countries, addresses without a place, networks that hide the person. Not told: a country that was
 * forgotten after 90 days, which is new again, and one that an analyst called known.
 */
export const dormantCountry: Rule = {
  id: 'dormant-country',
  cannotJudge: ['unknown countries', 'addresses without a place', 'networks that hide the person'],
  lowered: [
    'a person who was seen nowhere else meanwhile: not told',
    'a country that an analyst called known: not told',
  ],
  settings: ['country.dormantMs', 'learning'],
  judge(person, unjudged) {
    tellUnplaced(person, unjudged);
    const { baseline, survey, settings } = person;
    // Every country of the facts arrives at least once, so who has one arrival has one country.
    if (baseline.arrivals('country').length < 2) return [];
    return arrivalsOf('country', baseline.proven(), survey, settings.country.dormantMs)
      .filter(({ others, sighting }) => others.length > 0 && person.isJudged(sighting.toMs))
      .filter(({ value, sighting }) => baseline.known('country', value, sighting.toMs))
      .filter(({ value }) => !baseline.learned('country', value))
      .map((arrival) => countryFinding(arrival, person));
  },
};

export type DormantCountryEvidence = {
  readonly sighting: SightingEvidence;
  readonly country: string;
  /** Where the person was meanwhile. */
  readonly countriesMeanwhile: readonly string[];
  readonly unseenDays: number;
  readonly deviceKnown: boolean;
};

function countryFinding(arrival: Arrival, { facts, baseline }: Case): RuleFinding {
  const { sighting, value: country, others } = arrival;
  const unseenMs = sighting.toMs - (arrival.lastSeenMs ?? sighting.toMs);
  const deviceKnown = isOnKnownDevice(sighting, baseline);
  const evidence: DormantCountryEvidence = {
    sighting: sightingEvidence(sighting),
    country,
    countriesMeanwhile: others,
    unseenDays: rounded(unseenMs / DAY_MS, 1),
    deviceKnown,
  };
  return findingOf({
    rule: 'dormant-country',
    about: sighting,
    severity: 'low',
    key: [country, String(sighting.toMs), sighting.sessionKey ?? ''],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `Back in ${countryInText(country)} after ${duration(unseenMs)}`,
    explanation: [
      `${personName(facts, sighting)} was seen in ${countryInText(country)} at ${moment(sighting.toMs)}: ${placeName(sighting.place)}, ` +
        `from ${addressName(sighting)}, with ${deviceName(sighting.device)}.`,
      `The country is known for this person, but was not seen for ${duration(unseenMs)}; meanwhile the person was in ` +
        `${others.map(countryInText).join(', ')}.`,
      `How sure: the device is ${deviceKnown ? '' : 'not '}known for this person; alone it says little.`,
      'What would make it wrong: somebody who travels there now and then.',
    ],
    evidence,
    isLearning: !baseline.mature(sighting.toMs),
    suppressedBy: null,
  });
}
