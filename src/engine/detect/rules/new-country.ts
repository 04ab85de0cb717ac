import type { Arrival } from '../arrivals.ts';
import type { Case } from '../case.ts';
import { commonWords, isCommon } from '../common.ts';
import { isOnKnownDevice } from '../device-news.ts';
import { sightingWords } from '../evidence-words.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { tellUnplaced } from '../unplaced.ts';
import { countryInText, userNamed } from '../words.ts';

/**
 * A person appears in a country for the first time in 90 days (detections 4.1). One finding per arrival: what follows
 * in that country says nothing new. The first country of all is where the person lives, not news.
 *
 * Can't judge: unknown countries, addresses without a place, networks that hide the person. Low when the device is known,
 * info where enough others of the organisation are. Not told: a country that an analyst called known.
 */
export const newCountry: Rule = {
  id: 'new-country',
  cannotJudge: ['unknown countries', 'addresses without a place', 'networks that hide the person'],
  lowered: [
    'the device is known for the person: low',
    'five others of the organisation were there in 30 days: info',
    'a country that an analyst called known: not told',
  ],
  settings: ['learning', 'organisation.commonUsers', 'organisation.commonDays'],
  judge(person, unjudged) {
    tellUnplaced(person, unjudged);
    const { baseline } = person;
    return baseline
      .arrivals('country')
      .filter(({ others, sighting }) => others.length > 0 && person.isJudged(sighting.toMs))
      .filter(({ value, sighting }) => !baseline.known('country', value, sighting.toMs))
      .map((arrival) => countryFinding(arrival, person));
  },
  tell: (evidence: NewCountryEvidence, told) => {
    const { country, countriesBefore, deviceKnown, lowering } = evidence;
    const { at, address, place, device } = sightingWords(evidence.sighting);
    return {
      title: `First time in ${countryInText(country)}`,
      explanation: [
        `${userNamed(told)} was seen in ${countryInText(country)} at ${at}: ${place}, from ${address}, with ${device}.`,
        `In the 90 days before, the person was only seen in ${countriesBefore.map(countryInText).join(', ')}.`,
        deviceKnown
          ? 'How sure: the device is known for this person, which speaks for a journey.'
          : 'How sure: the device is not known for this person either.',
        ...(lowering === null ? [] : [lowering]),
        'What would make it wrong: a journey, an address the database places in the wrong country, or a gateway abroad.',
      ],
    };
  },
};

export type NewCountryEvidence = {
  readonly sighting: SightingEvidence;
  readonly country: string;
  /** Where the person was in the 90 days before. */
  readonly countriesBefore: readonly string[];
  readonly deviceKnown: boolean;
  readonly commonInOrganisation: boolean;
  /** The sentence that says so, with numbers; null where it is not. */
  readonly lowering: string | null;
};

function countryFinding({ sighting, value: country, others }: Arrival, person: Case): RuleFinding {
  const { baseline } = person;
  const deviceKnown = isOnKnownDevice(sighting, baseline);
  const isCommonThere = isCommon(person, 'country', country, sighting.toMs);
  const evidence: NewCountryEvidence = {
    sighting: sightingEvidence(sighting),
    country,
    countriesBefore: others,
    deviceKnown,
    commonInOrganisation: isCommonThere,
    lowering: commonWords(isCommonThere, person),
  };
  return findingOf({
    rule: 'new-country',
    about: sighting,
    severity: isCommonThere ? 'info' : deviceKnown ? 'low' : 'medium',
    key: [country, String(sighting.toMs), sighting.sessionKey ?? ''],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    evidence,
    isLearning: !baseline.mature(sighting.toMs),
    suppressedBy: null,
  });
}
