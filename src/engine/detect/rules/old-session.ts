import type { Case } from '../case.ts';
import type { RuleFinding, SessionFacts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { sessionListFinding, type ListedSession } from '../session-list.ts';
import type { DetectSettings } from '../settings.ts';
import { isTagged } from '../tags.ts';
import { duration, moment, personName, plural } from '../words.ts';

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
  return sessionListFinding(
    old,
    {
      rule: 'old-session',
      severity: isAdministrator ? 'medium' : 'low',
      title: `${plural(old.length, 'old session')} can still be used`,
      explanation: [
        `${plural(old.length, 'session')} of ${personName(facts, first.session)} began over ${duration(settings.age.oldWebMs)} ago (apps: ${duration(settings.age.oldAppMs)}), one of them at ${moment(oldest)}.`,
        `The longer a session lives, the longer a stolen cookie works${isAdministrator ? '; these are an administrator’s' : ''}.`,
        'How sure: the source reports when sessions began; nothing says that anything is wrong with them.',
        'What would make it wrong: devices that are meant to stay signed in. End what nobody needs any more.',
      ],
      evidence: {
        afterDays: settings.age.oldWebMs / 86_400_000,
        appAfterDays: settings.age.oldAppMs / 86_400_000,
      },
    },
    person,
  );
}
