import type { Case } from '../case.ts';
import type { RuleFinding, SessionFacts } from '../facts.ts';
import { momentOf } from '../evidence-words.ts';
import { isoTime } from '../moment.ts';
import type { Rule } from '../rule.ts';
import {
  listWords,
  sessionListFinding,
  type ListedSession,
  type SessionListEvidence,
} from '../session-list.ts';
import { duration, plural, userNamed } from '../words.ts';

const MINUTE_MS = 60_000;

/**
 * The user is disabled, deleted or unknown to the source, and sessions live on (detections 4.5, A5). Fires without any
 * history, an hour after the source first said so, by when it should have ended them. One finding for each user.
 *
 * Can't judge: sources that don't tell whether a user still exists.
 */
export const sessionOutlivesUser: Rule = {
  id: 'session-outlives-user',
  cannotJudge: ['sources that do not tell whether a user still exists'],
  lowered: ['the first hour after the user went: not told'],
  settings: ['sessionState.userGoneGraceMs'],
  judge(person) {
    return person.liveSessions().flatMap((sessions) => {
      const orphans = sessions.flatMap((session) => orphanhood(session, person));
      return orphanFinding(orphans, person) ?? [];
    });
  },
  tell: (evidence: OutlivesUserEvidence, told) => {
    const { count, goneAt, graceMinutes } = evidence;
    return listWords(evidence, {
      title: `${plural(count, 'session')} of a user who is gone`,
      explanation: [
        `The source says that ${userNamed(told)} is disabled, deleted or unknown, since ${momentOf(goneAt)} as far as polls can tell, and still lists ${plural(count, 'live session')}.`,
        'Whoever holds such a session is still inside, and nobody looks after the account any more.',
        `How sure: it is the source that says both; ${duration(graceMinutes * MINUTE_MS)} was left for it to end them.`,
        'What would make it wrong: a source that checks users at each request and lists what no longer works.',
      ],
    });
  },
};

type OutlivesUserEvidence = SessionListEvidence & {
  readonly goneAt: string | null;
  readonly graceMinutes: number;
};

function orphanhood(session: SessionFacts, { facts, settings }: Case): readonly ListedSession[] {
  if (!session.isUserGone) return [];
  const sinceMs =
    (session.userGoneSinceMs ?? session.firstObservedAtMs) + settings.sessionState.userGoneGraceMs;
  return sinceMs <= facts.nowMs ? [{ session, sinceMs }] : [];
}

function orphanFinding(orphans: readonly ListedSession[], person: Case): RuleFinding | null {
  const [first] = orphans;
  if (first === undefined) return null;
  const { userGoneGraceMs } = person.settings.sessionState;
  return sessionListFinding<OutlivesUserEvidence>(
    orphans,
    {
      rule: 'session-outlives-user',
      severity: 'critical',
      evidence: {
        goneAt: isoTime(first.sinceMs - userGoneGraceMs),
        graceMinutes: userGoneGraceMs / MINUTE_MS,
      },
    },
    person,
  );
}
