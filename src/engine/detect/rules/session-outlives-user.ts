import type { Case } from '../case.ts';
import type { RuleFinding, SessionFacts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { sessionListFinding, type ListedSession } from '../session-list.ts';
import { duration, moment, personName, plural } from '../words.ts';

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
  const { facts, settings } = person;
  const { userGoneGraceMs } = settings.sessionState;
  return sessionListFinding(
    orphans,
    {
      rule: 'session-outlives-user',
      severity: 'critical',
      title: `${plural(orphans.length, 'session')} of a user who is gone`,
      explanation: [
        `The source says that ${personName(facts, first.session)} is disabled, deleted or unknown, since ${moment(first.sinceMs - userGoneGraceMs)} as far as polls can tell, and still lists ${plural(orphans.length, 'live session')}.`,
        'Whoever holds such a session is still inside, and nobody looks after the account any more.',
        `How sure: it is the source that says both; ${duration(userGoneGraceMs)} was left for it to end them.`,
        'What would make it wrong: a source that checks users at each request and lists what no longer works.',
      ],
      evidence: { graceMinutes: userGoneGraceMs / 60_000 },
    },
    person,
  );
}
