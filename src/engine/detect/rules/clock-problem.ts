import { byUser } from '../by-user.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { addressName, moment, personName, plural } from '../words.ts';

const DAY_MS = 86_400_000;

/**
 * Moments of a user lie more than five minutes in the future (detections 4.7, C7): a clock is wrong at the source or here, and
 * no other rule may judge them. One finding for each user while that is so, dated by the day (UTC) on which it is told.
 *
 * Can't judge: times that are known to be wrong anyway; skew below five minutes, which a source alone can tell.
 */
export const clockProblem: Rule = {
  id: 'clock-problem',
  cannotJudge: ['times that are known to be wrong', 'clocks that are wrong by less than five minutes'],
  lowered: ['by itself, once the moment has come'],
  settings: ['time'],
  judge(person) {
    const { facts, settings } = person;
    const latestMs = facts.nowMs + settings.time.futureToleranceMs;
    const last = facts.sightings.at(-1);
    if (last === undefined || last.toMs <= latestMs) return [];
    const early = facts.sightings.filter(({ toMs, quality }) => toMs > latestMs && quality !== 'untrusted');
    return byUser(early).flatMap((sightings) => clockFinding(sightings, person) ?? []);
  },
};

export type ClockProblemEvidence = {
  readonly moments: number;
  readonly first: SightingEvidence;
  readonly last: SightingEvidence;
  /** The day (UTC) by which they lie in the future. */
  readonly day: string;
};

function clockFinding(sightings: readonly Sighting[], { facts }: Case): RuleFinding | null {
  const todayMs = Math.floor(facts.nowMs / DAY_MS) * DAY_MS;
  const [first, last] = [sightings[0], sightings.at(-1)];
  if (first === undefined || last === undefined) return null;
  const evidence: ClockProblemEvidence = {
    moments: sightings.length,
    first: sightingEvidence(first),
    last: sightingEvidence(last),
    day: moment(todayMs).slice(0, 10),
  };
  return findingOf({
    rule: 'clock-problem',
    severity: 'info',
    about: first,
    key: [],
    sessions: sightings.slice(0, MOST_NAMED).map(({ sessionKey }) => sessionKey),
    atMs: todayMs,
    title: `${plural(sightings.length, 'moment')} in the future`,
    explanation: [
      `${plural(sightings.length, 'moment')} of ${personName(facts, first)} lie in the future; the first is ${moment(first.toMs)}, from ${addressName(first)}.`,
      'Other rules leave them out until their time has come, so that nothing is found there means nothing.',
      'How sure: by the clock of this machine. Where several sources say so at once, it is the one that is wrong.',
      'What would make it wrong: the clock of this machine.',
    ],
    evidence,
    isLearning: false,
    suppressedBy: null,
  });
}

const MOST_NAMED = 50;
