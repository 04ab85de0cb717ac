import type { Arrival } from '../arrivals.ts';
import type { Case } from '../case.ts';
import { isOnKnownDevice } from '../device-news.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { tellUnplaced } from '../unplaced.ts';
import { addressName, countryInText, deviceName, moment, personName, placeName } from '../words.ts';

/**
 * A person appears in a country where no other mature user of the organisation was seen in 90 days (detections 4.1). Fires
 * without any history: a fresh account in such a country is what it is for. One finding per arrival.
 *
 * Can't judge: unknown countries, addresses without a place, networks that hide the person, moments for which nothing is
 * known of the organisation, and people beside whom nobody else is known where they usually are.
 */
export const newCountryForOrganisation: Rule = {
  id: 'new-country-for-organisation',
  cannotJudge: [
    'unknown countries',
    'addresses without a place',
    'networks that hide the person',
    'moments for which nothing is known of the organisation, or of nobody else where the person usually is',
  ],
  lowered: ['a country that an analyst called known for the person: not told'],
  settings: ['organisation.newDays', 'organisation.matureAfterDays', 'learning'],
  judge(person, unjudged) {
    tellUnplaced(person, unjudged);
    const { baseline, organisation, facts, settings } = person;
    const days = settings.organisation.newDays;
    return baseline
      .arrivals('country')
      .filter(({ value, sighting, others: usual }) => {
        if (!person.isJudged(sighting.toMs) || baseline.learned('country', value)) return false;
        const when = { atMs: sighting.toMs, days, except: facts.users };
        const others = organisation.others('country', value, when);
        if (others === null) {
          unjudged.add('Nothing is known of the organisation at that time.', sighting);
        }
        if (others !== 0) return false;
        // That nobody else was there says something only of an organisation that is somewhere.
        const isAlone =
          usual.length > 0 && usual.every((country) => organisation.others('country', country, when) === 0);
        if (isAlone) unjudged.add('Nobody else is known where this person usually is.', sighting);
        return !isAlone;
      })
      .map((arrival) => countryFinding(arrival, person));
  },
};

export type OrganisationCountryEvidence = {
  readonly sighting: SightingEvidence;
  readonly country: string;
  /** Where this person was in the 90 days before. */
  readonly countriesBefore: readonly string[];
  /** How far back nobody else was there, in days. */
  readonly unseenDays: number;
  readonly deviceKnown: boolean;
};

function countryFinding({ sighting, value: country, others }: Arrival, person: Case): RuleFinding {
  const { facts, baseline, settings } = person;
  const { newDays } = settings.organisation;
  const deviceKnown = isOnKnownDevice(sighting, baseline);
  const evidence: OrganisationCountryEvidence = {
    sighting: sightingEvidence(sighting),
    country,
    countriesBefore: others,
    unseenDays: newDays,
    deviceKnown,
  };
  const before =
    others.length === 0 ? 'was not seen anywhere' : `was seen in ${others.map(countryInText).join(', ')}`;
  return findingOf({
    rule: 'new-country-for-organisation',
    about: sighting,
    severity: 'high',
    key: [country, String(sighting.toMs), sighting.sessionKey ?? ''],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `Nobody was in ${countryInText(country)} before`,
    explanation: [
      `${personName(facts, sighting)} was seen in ${countryInText(country)} at ${moment(sighting.toMs)}: ${placeName(sighting.place)}, ` +
        `from ${addressName(sighting)}, with ${deviceName(sighting.device)}.`,
      `No other user with a history was seen there in the ${newDays} days before; this person ${before}.`,
      `How sure: the device is ${deviceKnown ? '' : 'not '}known for this person; it rests on the country of the address alone.`,
      'What would make it wrong: a journey, a new office or a new colleague there, or an address the database places in the ' +
        'wrong country.',
    ],
    evidence,
    isLearning: false,
    suppressedBy: null,
  });
}
