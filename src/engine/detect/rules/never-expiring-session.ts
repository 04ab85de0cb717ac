import type { Case } from '../case.ts';
import type { RuleFinding, SessionFacts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import {
  listWords,
  sessionListFinding,
  type ListedSession,
  type SessionListEvidence,
} from '../session-list.ts';
import { isTagged } from '../tags.ts';
import { numberName, plural, userNamed } from '../words.ts';

/**
 * Sessions without an end, or with one more than a year after they were first seen (detections 4.5, A2). A list to clean up: one finding for
 * each user, medium for administrators, else info.
 *
 * Can't judge: sources that don't tell when sessions expire, where no expiry says nothing.
 */
export const neverExpiringSession: Rule = {
  id: 'never-expiring-session',
  cannotJudge: ['sources that do not tell when sessions expire'],
  lowered: ['users who are no administrators: info', 'the session Sessionscope itself uses: never listed'],
  settings: ['age.neverExpiresMs', 'age.remindMs', 'age.maxNamed'],
  judge(person, unjudged) {
    const { facts } = person;
    return person.liveSessions().flatMap((sessions) => {
      if (!sessions.some(({ tellsExpiry }) => tellsExpiry)) {
        for (const sighting of facts.sightings.slice(-1)) {
          unjudged.add('The source does not tell when sessions expire.', sighting);
        }
        return [];
      }
      const endless = sessions.flatMap((session) => endlessness(session, person));
      return endlessFinding(endless, person) ?? [];
    });
  },
  tell: (evidence: NeverExpiringEvidence, told) => {
    const { count, withoutEnd, isAdministrator } = evidence;
    return listWords(evidence, {
      title: `${plural(count, 'session')} that practically never ${count === 1 ? 'expires' : 'expire'}`,
      explanation: [
        `${plural(count, 'session')} of ${userNamed(told)}${isAdministrator ? ', an administrator,' : ''} will not expire within a year; ${numberName(withoutEnd)} of them have no end at all.`,
        'A cookie that is stolen from such a session works until somebody ends it by hand.',
        'How sure: the source tells when sessions expire, and tells this of these.',
        'What would make it wrong: a limit that the source applies without telling, such as an idle time-out.',
      ],
    });
  },
};

type NeverExpiringEvidence = SessionListEvidence & {
  readonly withoutEnd: number;
  readonly isAdministrator: boolean;
};

function endlessness(session: SessionFacts, { settings }: Case): readonly ListedSession[] {
  const { tellsExpiry, expiresAtMs, startedAtMs, firstObservedAtMs } = session;
  if (!tellsExpiry) return [];
  const isEndless = expiresAtMs === null || expiresAtMs - firstObservedAtMs > settings.age.neverExpiresMs;
  return isEndless ? [{ session, sinceMs: startedAtMs ?? firstObservedAtMs }] : [];
}

function endlessFinding(endless: readonly ListedSession[], person: Case): RuleFinding | null {
  const [first] = endless;
  if (first === undefined) return null;
  const isAdministrator = isTagged(person.facts, first.session, 'administrator');
  const withoutEnd = endless.filter(({ session }) => session.expiresAtMs === null).length;
  return sessionListFinding<NeverExpiringEvidence>(
    endless,
    {
      rule: 'never-expiring-session',
      severity: isAdministrator ? 'medium' : 'info',
      evidence: { withoutEnd, isAdministrator },
    },
    person,
  );
}
