import type { NetworkKind } from '../../../contract/place.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { FactsUser, RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import type { Unjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { addressName, deviceName, duration, moment, personName } from '../words.ts';

/**
 * An account signs in through a data centre or Tor within a day of when it first turned up (detections 4.7, C2): an account made
 * by or for somebody who hides. Fires without any history, once for each account.
 *
 * How old an account is, no source tells. It counts as new when its source was listed completely before it turned up, and nothing of it
 * is known from before; else the rule can't judge.
 */
export const firstLoginFromAnonymizer: Rule = {
  id: 'first-login-from-anonymizer',
  cannotJudge: [
    'accounts that may be older than the first complete listing of their source',
    'accounts known from imported logins only',
    'networks of unknown kind',
  ],
  lowered: ['networks the analyst lists as corporate: not told'],
  settings: ['context.newAccountMs'],
  judge(person, unjudged) {
    return person.accounts().flatMap((sightings) => {
      const [first] = sightings;
      if (first === undefined || !person.isJudged(first.toMs)) return [];
      const sighting = hiddenAmong(sightings, first, person);
      if (sighting === null || !isKnownToBeNew(first, person, unjudged)) return [];
      return [firstFinding(sighting, first, person)];
    });
  },
};

export type FirstLoginFromAnonymizerEvidence = {
  readonly sighting: SightingEvidence;
  readonly kind: NetworkKind;
  /** When the account first turned up, and how long after that this was. */
  readonly first: SightingEvidence;
  readonly hoursLater: number;
};

const hiding: readonly NetworkKind[] = ['tor', 'hosting'];

function hidingKind(sighting: Sighting, { survey }: Case): NetworkKind | null {
  const kinds = survey.kinds(sighting);
  return kinds.includes('corporate') ? null : (hiding.find((kind) => kinds.includes(kind)) ?? null);
}

function hiddenAmong(sightings: readonly Sighting[], first: Sighting, person: Case): Sighting | null {
  const untilMs = first.toMs + person.settings.context.newAccountMs;
  for (const sighting of sightings) {
    if (sighting.toMs > untilMs) return null;
    if (hidingKind(sighting, person) !== null) return sighting;
  }
  return null;
}

function isKnownToBeNew(first: Sighting, { facts }: Case, unjudged: Unjudged): boolean {
  const user = facts.users.find(({ source, userId }) => source === first.source && userId === first.userId);
  const isNew = user !== undefined && isSinceListed(user, first) && facts.cutBeforeMs === undefined;
  if (!isNew) unjudged.add('The account may be older than what is known of it.', first);
  return isNew;
}

function isSinceListed({ sourceSinceMs, seenBeforeMs }: FactsUser, first: Sighting): boolean {
  return sourceSinceMs != null && seenBeforeMs == null && first.toMs > sourceSinceMs;
}

function firstFinding(sighting: Sighting, first: Sighting, person: Case): RuleFinding {
  const { facts } = person;
  const kind = hidingKind(sighting, person) ?? 'hosting';
  const afterMs = sighting.toMs - first.toMs;
  const evidence: FirstLoginFromAnonymizerEvidence = {
    sighting: sightingEvidence(sighting),
    kind,
    first: sightingEvidence(first),
    hoursLater: Math.round(afterMs / 360_000) / 10,
  };
  return findingOf({
    rule: 'first-login-from-anonymizer',
    severity: 'medium',
    about: sighting,
    key: [],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `New account used through ${kind === 'tor' ? 'Tor' : 'a data centre'}`,
    explanation: [
      `${personName(facts, sighting)} was used at ${moment(sighting.toMs)} with ${deviceName(sighting.device)} from ${addressName(sighting)}, which is ${kind === 'tor' ? 'an exit of the Tor network' : 'a data centre'}.`,
      afterMs === 0
        ? 'It is the first that is known of the account.'
        : `The account first turned up ${duration(afterMs)} before.`,
      'How sure: the source was listed completely before the account turned up, so it is new there; no source tells when it was made.',
      'What would make it wrong: an account made for a service, a company gateway in a data centre (list it as corporate), or an old account that had no session before.',
    ],
    evidence,
    isLearning: false,
    suppressedBy: null,
  });
}
