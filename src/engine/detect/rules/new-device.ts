import type { Arrival } from '../arrivals.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import { isNew, newsOf } from '../device-news.ts';
import { sightingWords } from '../evidence-words.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { deviceKeyOfSighting } from '../device.ts';
import { plural, userNamed } from '../words.ts';

/**
 * A person is seen with a device that was not seen in 90 days (detections 4.3, D1). A device is its token where the source
 * gives one, else system, type and browser family, never a version: an update is no new device. One finding per arrival; the
 * first device of all is no news. Medium when the network or the country is new as well.
 *
 * Can't judge: sightings without a device.
 */
export const newDevice: Rule = {
  id: 'new-device',
  cannotJudge: ['sightings without a device'],
  lowered: ['updates of a browser or system: never told', 'a device an analyst called known: not told'],
  settings: ['learning'],
  judge(person, unjudged) {
    const isUnknown = (sighting: Sighting) => deviceKeyOfSighting(sighting) === null;
    tellMissing(unjudged, person.seen(), isUnknown, 'The source states no device for the sighting.');
    return newsOf('device', person).map((arrival) => deviceFinding(arrival, person));
  },
  tell: (evidence: NewDeviceEvidence, told) => {
    const { at, address, place, device } = sightingWords(evidence.sighting);
    return {
      title: `New device: ${device}`,
      explanation: [
        `${userNamed(told)} was seen with ${device} at ${at}, from ${address}, ${place}.`,
        `In the 90 days before, the person used ${plural(evidence.devicesBefore, 'other device')} and never this one.${partsWords(evidence)}`,
        `How sure: ${certaintyOf(evidence)}`,
        'What would make it wrong: a new phone or laptop, another browser on an old one, or a private window where the ' +
          'source tells devices by a token.',
      ],
    };
  },
};

export type NewDeviceEvidence = {
  readonly sighting: SightingEvidence;
  readonly device: string;
  /** How many other devices the person used in the 90 days before. */
  readonly devicesBefore: number;
  readonly newSystem: boolean;
  readonly newBrowser: boolean;
  readonly newNetwork: boolean;
  readonly newCountry: boolean;
};

function deviceFinding({ sighting, value, others }: Arrival, person: Case): RuleFinding {
  const evidence: NewDeviceEvidence = {
    sighting: sightingEvidence(sighting),
    device: value,
    devicesBefore: others.length,
    newSystem: isNew('os', sighting, person),
    newBrowser: isNew('browser', sighting, person),
    newNetwork: isNew('asn', sighting, person),
    newCountry: isNew('country', sighting, person),
  };
  const isElsewhere = evidence.newNetwork || evidence.newCountry;
  return findingOf({
    rule: 'new-device',
    severity: isElsewhere ? 'medium' : 'low',
    about: sighting,
    key: [value, sighting.id],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    evidence,
    isLearning: !person.baseline.mature(sighting.toMs),
    suppressedBy: null,
  });
}

function partsWords({ newSystem, newBrowser }: NewDeviceEvidence): string {
  if (newSystem && newBrowser)
    return ' Neither its operating system nor its browser is known for the person.';
  if (newSystem) return ' Its operating system is not known for the person either.';
  return newBrowser ? ' Its browser is not known for the person either.' : '';
}

function certaintyOf({ newNetwork, newCountry }: NewDeviceEvidence): string {
  if (newNetwork && newCountry) return 'the network and the country are not known for the person either.';
  if (newNetwork) return 'the network is not known for the person either.';
  if (newCountry) return 'the country is not known for the person either.';
  return 'the network and the country are nothing new for the person, or not known; people do get new devices.';
}
