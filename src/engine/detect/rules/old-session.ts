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
import type { DetectSettings } from '../settings.ts';
import { isTagged } from '../tags.ts';
import { duration, plural, userNamed } from '../words.ts';

const DAY_MS = 86_400_000;

/**
 * Sessions that began over 30 days ago, or 90 for apps, and can still be used (detections 4.5, A1). A list to clean up: one finding for each
 * user, medium for administrators. A session has none before its time has come, whoever looks.
 *
 * Can't judge: sessions whose start is not known or not to be believed. Our own credential's session is never on the list.
 */
export const oldSession: Rule = {
  id: 'old-session',
  cannotJudge: ['sessions whose start is not known or not to be believed'],
  lowered: ['apps: only after 90 days', 'the session Sessionscope itself uses: never listed'],
  settings: ['age.oldWebMs', 'age.oldAppMs', 'age.remindMs', 'age.maxNamed'],
  judge(person, unjudged) {
    const { facts } = person;
    return person.liveSessions().flatMap((sessions) => {
      const old = sessions.flatMap((session) => oldness(session, person));
      if (old.length === 0 && sessions.every(({ startedAtMs }) => startedAtMs === null)) {
        for (const sighting of facts.sightings.slice(-1))
          unjudged.add('No start of the sessions is known.', sighting);
      }
      return oldFinding(old, person) ?? [];
    });
  },
  tell: (evidence: OldSessionEvidence, told) => {
    const { count, oldestAt, isAdministrator } = evidence;
    const [age, appAge] = [evidence.afterDays, evidence.appAfterDays].map((days) => duration(days * DAY_MS));
    return listWords(evidence, {
      title: `${plural(count, 'old session')} can still be used`,
      explanation: [
        `${plural(count, 'session')} of ${userNamed(told)} began over ${age} ago (apps: ${appAge})${count === 1 ? ':' : ', the first'} at ${momentOf(oldestAt)}.`,
        `The longer a session lives, the longer a stolen cookie works${isAdministrator ? ', an administrator’s above all' : ''}.`,
        'How sure: the source reports when sessions began; nothing says that anything is wrong with them.',
        'What would make it wrong: devices that are meant to stay signed in. End what nobody needs any more.',
      ],
    });
  },
};

type OldSessionEvidence = SessionListEvidence & {
  readonly oldestAt: string | null;
  readonly isAdministrator: boolean;
  readonly afterDays: number;
  readonly appAfterDays: number;
};

function oldness(session: SessionFacts, { facts, settings }: Case): readonly ListedSession[] {
  if (session.startedAtMs === null) return [];
  const sinceMs = session.startedAtMs + allowedMs(session, settings);
  return sinceMs < facts.nowMs ? [{ session, sinceMs }] : [];
}

function allowedMs({ device }: SessionFacts, { age }: DetectSettings): number {
  return device?.kind === 'app' ? age.oldAppMs : age.oldWebMs;
}

function oldFinding(old: readonly ListedSession[], person: Case): RuleFinding | null {
  const [first] = old;
  if (first === undefined) return null;
  const { facts, settings } = person;
  const oldest = old.reduce((atMs, { session }) => Math.min(atMs, session.startedAtMs ?? Infinity), Infinity);
  const isAdministrator = isTagged(facts, first.session, 'administrator');
  return sessionListFinding<OldSessionEvidence>(
    old,
    {
      rule: 'old-session',
      severity: isAdministrator ? 'medium' : 'low',
      evidence: {
        oldestAt: isoTime(oldest),
        isAdministrator,
        afterDays: settings.age.oldWebMs / DAY_MS,
        appAfterDays: settings.age.oldAppMs / DAY_MS,
      },
    },
    person,
  );
}
