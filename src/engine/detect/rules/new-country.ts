import type { Case } from '../case.ts';
import { deviceKeyOfSighting } from '../device.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { untimedReason } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { addressName, countryName, deviceName, moment, personName, placeName } from '../words.ts';

/**
 * A person appears in a country for the first time in 90 days (detections 4.1). One finding per arrival: what follows
 * in that country says nothing new. The first country of all is where the person lives, not news.
 *
 * Can't judge: unknown countries, addresses without a place, networks that hide the person. Low when the device is known.
 * Organisation-wide knowledge of the country is not among the facts of one person and does not lower it yet.
 */
export const newCountry: Rule = {
  id: 'new-country',
  cannotJudge: ['unknown countries', 'addresses without a place', 'networks that hide the person'],
  lowered: ['the device is known for the person: low'],
  settings: ['learning'],
  judge(person, unjudged) {
    const { facts, survey, settings } = person;
    const findings: RuleFinding[] = [];
    const lastSeen = new Map<string, number>();
    for (const sighting of facts.sightings) {
      if (!isThePerson(sighting)) continue;
      const country = survey.country(sighting.place);
      const reason = untimedReason(sighting, facts.nowMs, settings) ?? survey.unplaceableReason(sighting);
      if (reason !== null || country === null) {
        unjudged.add(reason ?? 'The record for the address names no country code.', sighting);
        continue;
      }
      const { toMs } = sighting;
      const sinceMs = toMs - settings.learning.lookBackMs;
      if ((lastSeen.get(country) ?? -Infinity) < sinceMs && person.isJudged(toMs)) {
        const others = countriesSeen(lastSeen, sinceMs);
        if (others.length > 0) findings.push(countryFinding(sighting, country, others, person));
      }
      lastSeen.set(country, toMs);
    }
    return findings;
  },
};

export type NewCountryEvidence = {
  readonly sighting: SightingEvidence;
  readonly country: string;
  /** Where the person was in the 90 days before. */
  readonly countriesBefore: readonly string[];
  readonly deviceKnown: boolean;
};

/** A failed login is somebody who knows the name; so may be one of unknown outcome. */
function isThePerson({ kind, outcome }: Sighting): boolean {
  return kind === 'login' ? outcome === 'success' : outcome !== 'failure';
}

function countriesSeen(lastSeen: ReadonlyMap<string, number>, sinceMs: number): readonly string[] {
  return [...lastSeen]
    .filter(([, seenMs]) => seenMs >= sinceMs)
    .map(([country]) => country)
    .sort();
}

function countryFinding(
  sighting: Sighting,
  country: string,
  countriesBefore: readonly string[],
  { facts, baseline }: Case,
): RuleFinding {
  const deviceKey = deviceKeyOfSighting(sighting);
  const deviceKnown = deviceKey !== null && baseline.known('device', deviceKey, sighting.toMs);
  const evidence: NewCountryEvidence = {
    sighting: sightingEvidence(sighting),
    country,
    countriesBefore,
    deviceKnown,
  };
  return findingOf({
    rule: 'new-country',
    about: sighting,
    severity: deviceKnown ? 'low' : 'medium',
    key: [country, sighting.id],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `First time in ${countryName(country)}`,
    explanation: [
      `${personName(facts, sighting)} was seen in ${countryName(country)} at ${moment(sighting.toMs)}: ${placeName(sighting.place)}, ` +
        `from ${addressName(sighting)}, with ${deviceName(sighting.device)}.`,
      `In the 90 days before, the person was only seen in ${countriesBefore.map(countryName).join(', ')}.`,
      deviceKnown
        ? 'How sure: the device is known for this person, which speaks for a journey.'
        : 'How sure: the device is not known for this person either.',
      'What would make it wrong: a journey, an address the database places in the wrong country, or a gateway abroad.',
    ],
    evidence,
    isLearning: !baseline.mature(sighting.toMs),
    suppressedBy: null,
  });
}
