import { burstsOf, type Burst } from '../bursts.ts';
import { byUser } from '../by-user.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { poissonTail } from '../poisson.ts';
import type { Rule } from '../rule.ts';
import { lowerBound } from '../sorted-times.ts';
import { isTagged } from '../tags.ts';
import { addressName, moment, personName, plural, numberName } from '../words.ts';

const HOUR_MS = 3_600_000;

/**
 * Twenty or more successful logins in an hour, where the mean of the 28 days before makes that less likely than one in a million
 * (detections 4.6, B9). Scripts sign in by the dozen; people don't.
 *
 * Suppressed for users who are tagged as service accounts. Can't judge: starts that the source does not report, which are no logins.
 */
export const loginBurst: Rule = {
  id: 'login-burst',
  cannotJudge: ['starts that the source does not report'],
  lowered: [
    'the user is tagged as a service account: suppressed',
    'people who sign in often: measured against their own mean',
  ],
  settings: [
    'volume.burstLogins',
    'volume.burstWithinMs',
    'volume.burstProbability',
    'volume.burstMeanOverMs',
  ],
  judge(person, unjudged) {
    const { burstLogins, burstWithinMs, burstProbability } = person.settings.volume;
    const doubtful = person.facts.sightings.find(
      ({ kind, quality }) => kind === 'start' && quality !== 'reported',
    );
    if (doubtful !== undefined) unjudged.add('The source does not report when sessions begin.', doubtful);
    if (person.signIns().length < burstLogins) return [];
    return byUser(person.signIns())
      .filter(({ length }) => length >= burstLogins)
      .flatMap((signIns) => {
        const times = signIns.map(({ toMs }) => toMs);
        const isBurst = (count: number, atMs: number) =>
          count >= burstLogins && poissonTail(count, meanAt(times, atMs, person)) < burstProbability;
        return burstsOf(signIns, burstWithinMs, ({ count, atMs }) => isBurst(count, atMs))
          .filter(({ reached }) => person.isJudged(reached.toMs))
          .map((burst) => burstFinding(burst, meanAt(times, burst.reached.toMs, person), person));
      });
  },
};

export type LoginBurstEvidence = {
  readonly logins: number;
  readonly meanPerHour: number;
  readonly first: SightingEvidence;
  readonly last: SightingEvidence;
};

/** Sign-ins an hour in the 28 days before the window; nobody has fewer than one in them, or one would be infinitely many. */
function meanAt(times: readonly number[], atMs: number, { settings }: Case): number {
  const { burstWithinMs, burstMeanOverMs } = settings.volume;
  const untilMs = atMs - burstWithinMs;
  const count = lowerBound(times, untilMs) - lowerBound(times, untilMs - burstMeanOverMs);
  return (Math.max(1, count) * HOUR_MS) / burstMeanOverMs;
}

function burstFinding(
  { reached, members }: Burst,
  meanPerHour: number,
  { facts, baseline }: Case,
): RuleFinding {
  const [first = reached, last = reached] = [members[0], members.at(-1)];
  const suppressedBy = isTagged(facts, reached, 'service')
    ? 'The user is tagged as a service account.'
    : null;
  const evidence: LoginBurstEvidence = {
    logins: members.length,
    meanPerHour: Number(meanPerHour.toPrecision(3)),
    first: sightingEvidence(first),
    last: sightingEvidence(last),
  };
  return findingOf({
    rule: 'login-burst',
    severity: 'medium',
    about: reached,
    key: [reached.id],
    sessions: members.slice(0, MOST_NAMED).map(({ sessionKey }: Sighting) => sessionKey),
    atMs: reached.toMs,
    title: `${plural(members.length, 'login')} in a burst`,
    explanation: [
      `${personName(facts, reached)} signed in ${numberName(members.length)} times between ${moment(first.toMs)} and ${moment(last.toMs)}, the first time from ${addressName(first)}.`,
      `How sure: the mean of the 28 days before is ${evidence.meanPerHour} an hour, by which so many are less likely than one in a million.`,
      ...(suppressedBy === null ? [] : [`Not alerted. ${suppressedBy}`]),
      'What would make it wrong: a script or a test of the person’s own (tag the account as a service), or a client that loses its session.',
    ],
    evidence,
    isLearning: suppressedBy === null && !baseline.mature(reached.toMs),
    suppressedBy,
  });
}

const MOST_NAMED = 50;
