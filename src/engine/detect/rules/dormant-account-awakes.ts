import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { Feature, RuleFinding, Sighting } from '../facts.ts';
import { featureOf } from '../features.ts';
import { findingOf } from '../finding.ts';
import { isoTime } from '../moment.ts';
import type { Unjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { factsReachMs } from '../settings.ts';
import { addressName, deviceName, duration, moment, personName, placeName } from '../words.ts';

/**
 * An account that nobody used for over 90 days is used from a device or network that is not known for the person (detections
 * 4.7, C1). After over 180 days it is told even from known ones, as an info.
 *
 * Can't judge: accounts of which nothing is known from before (they are new, as far as anybody knows), and accounts with an older live
 * session whose use the source does not tell: they may have been used all along.
 */
export const dormantAccountAwakes: Rule = {
  id: 'dormant-account-awakes',
  cannotJudge: [
    'accounts of which nothing is known from before the long silence',
    'accounts with an older live session whose use the source does not tell',
  ],
  lowered: ['a known device and network: not told, after 180 days info'],
  settings: ['context.dormantMs', 'context.longDormantMs'],
  judge(person, unjudged) {
    return person.accounts().flatMap((sightings) =>
      awakenings(sightings, person)
        .filter(({ sighting }) => person.isJudged(sighting.toMs))
        .flatMap((awakening) => awakeFinding(awakening, person, unjudged) ?? []),
    );
  },
};

/** A sighting after a long silence, and what was last seen before. */
type Awakening = { readonly sighting: Sighting; readonly lastMs: number };

export type DormantAccountAwakesEvidence = {
  readonly sighting: SightingEvidence;
  readonly lastSeen: string | null;
  readonly daysAsleep: number;
  /** Null: nobody knows, because it lies too far back what the person used before. */
  readonly newDevice: boolean | null;
  readonly newNetwork: boolean | null;
};

function awakenings(sightings: readonly Sighting[], { facts, settings }: Case): readonly Awakening[] {
  const found: Awakening[] = [];
  let lastMs = seenBeforeMs(sightings, facts.users);
  for (const sighting of sightings) {
    if (lastMs !== null && sighting.toMs - lastMs > settings.context.dormantMs)
      found.push({ sighting, lastMs });
    lastMs = sighting.toMs;
  }
  return found;
}

function seenBeforeMs([first]: readonly Sighting[], users: Case['facts']['users']): number | null {
  const user = users.find(({ source, userId }) => source === first?.source && userId === first.userId);
  return user?.seenBeforeMs ?? null;
}

function awakeFinding(awakening: Awakening, person: Case, unjudged: Unjudged): RuleFinding | null {
  const { sighting, lastMs } = awakening;
  const { facts, settings } = person;
  if (mayBeInUse(sighting, person)) {
    unjudged.add('An older session is still live, and the source does not tell when it was used.', sighting);
    return null;
  }
  const evidence: DormantAccountAwakesEvidence = {
    sighting: sightingEvidence(sighting),
    lastSeen: isoTime(lastMs),
    daysAsleep: Math.floor((sighting.toMs - lastMs) / 86_400_000),
    newDevice: isNew('device', awakening, person),
    newNetwork: isNew('asn', awakening, person),
  };
  const { newDevice, newNetwork } = evidence;
  const isLong = sighting.toMs - lastMs > settings.context.longDormantMs;
  const isNews = newDevice === true || newNetwork === true;
  if (!isNews && !isLong) return null;
  const silence = duration(sighting.toMs - lastMs);
  return findingOf({
    rule: 'dormant-account-awakes',
    severity: isNews ? 'medium' : 'info',
    about: sighting,
    key: [sighting.id],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `Used again after ${silence}`,
    explanation: [
      `${personName(facts, sighting)} was used at ${moment(sighting.toMs)} with ${deviceName(sighting.device)} from ${addressName(sighting)}, ${placeName(sighting.place)}.`,
      `Before that the account was last used at ${moment(lastMs)}, ${silence} earlier.`,
      `How sure: the device is ${newnessOf(newDevice)} to the person, and the network is ${newnessOf(newNetwork)}. Nobody notices when a sleeping account is taken over.`,
      'What would make it wrong: a long leave, a seasonal job, or use that the source does not tell of.',
    ],
    evidence,
    isLearning: isUnknownBefore(lastMs, person),
    suppressedBy: null,
  });
}

function mayBeInUse({ source, userId, toMs }: Sighting, { facts, settings }: Case): boolean {
  return (facts.sessions ?? []).some((session) => {
    const { startedAtMs, firstObservedAtMs, tellsLastSeen } = session;
    const beganMs = startedAtMs ?? firstObservedAtMs;
    if (session.source !== source || session.userId !== userId || tellsLastSeen === true) return false;
    return beganMs < toMs - settings.context.dormantMs;
  });
}

/**
 * Whether the person had not used a value before it slept, nor with another account since. The look-back ends before so long a
 * silence, so what was known is asked of the last day of use.
 */
function isNew(feature: Feature, { sighting, lastMs }: Awakening, person: Case): boolean | null {
  const { baseline, survey, settings } = person;
  const value = featureOf(feature, sighting, survey);
  if (value === null || lastMs < factsSinceMs(person)) return null;
  const usedUntilMs = lastMs + settings.learning.knownAfterMs;
  return !baseline.known(feature, value, usedUntilMs) && !baseline.known(feature, value, sighting.toMs);
}

/** Whether the account was too young for anything when it fell asleep; not where its youth lies before the facts. */
function isUnknownBefore(lastMs: number, person: Case): boolean {
  if (lastMs - person.settings.learning.matureAfterMs < factsSinceMs(person)) return false;
  return !person.baseline.mature(lastMs + 1);
}

function factsSinceMs({ facts }: Case): number {
  return Math.max(facts.nowMs - factsReachMs, facts.cutBeforeMs ?? -Infinity);
}

function newnessOf(isNews: boolean | null): string {
  if (isNews === null) return 'not told, or nobody knows whether it is new';
  return isNews ? 'new' : 'nothing new';
}
