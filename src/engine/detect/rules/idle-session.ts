import type { Case } from '../case.ts';
import type { RuleFinding, SessionFacts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import {
  listWords,
  sessionListFinding,
  type ListedSession,
  type SessionListEvidence,
} from '../session-list.ts';
import { duration, plural, userNamed } from '../words.ts';

const DAY_MS = 86_400_000;

/**
 * Sessions that nobody used for 14 days and that are still valid (detections 4.5, A3). A list to clean up: one finding for each user.
 *
 * Can't judge: sources that don't tell when a session was last used, or only coarsely: nobody may have used it, or nobody has said so.
 */
export const idleSession: Rule = {
  id: 'idle-session',
  cannotJudge: [
    'sources that do not tell, or not finely enough, when a session was last used: so far every kind there is',
  ],
  lowered: ['the session Sessionscope itself uses: never listed'],
  settings: ['age.idleMs', 'age.remindMs', 'age.maxNamed'],
  judge(person, unjudged) {
    const { facts } = person;
    return person.liveSessions().flatMap((sessions) => {
      if (!sessions.some(tellsUse)) {
        for (const sighting of facts.sightings.slice(-1)) {
          unjudged.add('The source does not tell finely enough when a session was last used.', sighting);
        }
        return [];
      }
      const idle = sessions.flatMap((session) => idleness(session, person));
      return idleFinding(idle, person) ?? [];
    });
  },
  tell: (evidence: IdleSessionEvidence, told) => {
    const { count, afterDays } = evidence;
    return listWords(evidence, {
      title: `${plural(count, 'unused session')} can still be used`,
      explanation: [
        `Nobody used ${plural(count, 'session')} of ${userNamed(told)} for over ${duration(afterDays * DAY_MS)}, and they are still valid.`,
        'A session that nobody misses is one that nobody notices when it is stolen.',
        'How sure: the source tells when each was last used.',
        'What would make it wrong: devices that are used now and then. End what nobody needs any more.',
      ],
    });
  },
};

type IdleSessionEvidence = SessionListEvidence & { readonly afterDays: number };

function tellsUse({ tellsLastSeen, lastSeenAtMs }: SessionFacts): boolean {
  return tellsLastSeen === true && lastSeenAtMs !== null;
}

function idleness(session: SessionFacts, { facts, settings }: Case): readonly ListedSession[] {
  if (!tellsUse(session) || session.lastSeenAtMs === null) return [];
  const sinceMs = session.lastSeenAtMs + settings.age.idleMs;
  return sinceMs < facts.nowMs ? [{ session, sinceMs }] : [];
}

function idleFinding(idle: readonly ListedSession[], person: Case): RuleFinding | null {
  const evidence = { afterDays: person.settings.age.idleMs / DAY_MS };
  return sessionListFinding<IdleSessionEvidence>(
    idle,
    { rule: 'idle-session', severity: 'low', evidence },
    person,
  );
}
