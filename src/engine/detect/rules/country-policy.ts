import type { Arrival } from '../arrivals.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { tellUnplaced } from '../unplaced.ts';
import {
  addressName,
  countryInText,
  countryName,
  deviceName,
  moment,
  personName,
  placeName,
} from '../words.ts';

/**
 * A person is in a country that the settings deny, or that is absent from the ones they allow (detections 4.1). Has nothing to
 * say until somebody fills the lists. Fires without any history, once per arrival: what follows there says nothing new.
 *
 * Can't judge: unknown countries, addresses without a place, networks that hide the person. An unknown country is never
 * “absent from the list”.
 */
export const countryPolicy: Rule = {
  id: 'country-policy',
  cannotJudge: ['unknown countries', 'addresses without a place', 'networks that hide the person'],
  lowered: ['a country that an analyst called known for the person: not told'],
  settings: ['policy', 'learning'],
  judge(person, unjudged) {
    const { baseline, settings } = person;
    const { deniedCountries, allowedCountries } = settings.policy;
    if (deniedCountries.length === 0 && allowedCountries.length === 0) return [];
    tellUnplaced(person, unjudged);
    const isDenied = (country: string) => deniedCountries.includes(country);
    const isAllowed = (country: string) =>
      allowedCountries.length === 0 || allowedCountries.includes(country);
    return baseline
      .arrivals('country')
      .filter(({ value }) => isDenied(value) || !isAllowed(value))
      .filter(({ value, sighting }) => person.isJudged(sighting.toMs) && !baseline.learned('country', value))
      .map((arrival) => policyFinding(arrival, isDenied(arrival.value), person));
  },
};

export type CountryPolicyEvidence = {
  readonly sighting: SightingEvidence;
  readonly country: string;
  /** Named in the deny list, or missing in the allow list. */
  readonly list: 'denied' | 'allowed';
};

function policyFinding(
  { sighting, value: country }: Arrival,
  isDenied: boolean,
  { facts }: Case,
): RuleFinding {
  const evidence: CountryPolicyEvidence = {
    sighting: sightingEvidence(sighting),
    country,
    list: isDenied ? 'denied' : 'allowed',
  };
  return findingOf({
    rule: 'country-policy',
    about: sighting,
    severity: 'high',
    key: [country, String(sighting.toMs), sighting.sessionKey ?? ''],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `Against the policy: ${countryName(country)}`,
    explanation: [
      `${personName(facts, sighting)} was seen in ${countryInText(country)} at ${moment(sighting.toMs)}: ${placeName(sighting.place)}, ` +
        `from ${addressName(sighting)}, with ${deviceName(sighting.device)}.`,
      isDenied
        ? 'Your settings deny this country.'
        : 'Your settings name the countries that are allowed, and this one is not among them.',
      'How sure: it rests on the country of the address; networks that hide where a person is are left out.',
      'What would make it wrong: a journey somebody approved, or an address the database places in the wrong country.',
    ],
    evidence,
    isLearning: false,
    suppressedBy: null,
  });
}
