import type { Case } from '../case.ts';
import type { RuleFinding, SessionFacts, Sighting } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { listWords, sessionListFinding, type SessionListEvidence } from '../session-list.ts';
import { numberName, plural, userNamed } from '../words.ts';

const DAY_MS = 86_400_000;

/**
 * A user has more live sessions than ten, and than three times the median of the last 90 days (detections 4.5, A4).
 *
 * How many there were on a day is counted from what is known of sessions: live ones since they began, ended ones from the first
 * sighting to the last. Can't judge: users with no history before today.
 */
export const tooManySessions: Rule = {
  id: 'too-many-sessions',
  cannotJudge: ['users without any day of history'],
  lowered: [
    'users who usually have many: up to three times as many is normal',
    'the session Sessionscope itself uses: not counted',
  ],
  settings: [
    'age.manySessions',
    'age.manyTimesMedian',
    'learning.lookBackMs',
    'age.remindMs',
    'age.maxNamed',
  ],
  judge(person, unjudged) {
    const { facts, settings } = person;
    const { manySessions, manyTimesMedian } = settings.age;
    return person.liveSessions().flatMap((sessions) => {
      const [first] = sessions;
      if (first === undefined || sessions.length <= manySessions) return [];
      const median = medianOf(first, sessions, person);
      if (median === null) {
        for (const sighting of facts.sightings.slice(-1))
          unjudged.add('The user has no day of history.', sighting);
        return [];
      }
      if (sessions.length <= manyTimesMedian * median) return [];
      return manyFinding(sessions, median, person) ?? [];
    });
  },
  tell: (evidence: TooManyEvidence, told) => {
    const { count, median } = evidence;
    return listWords(evidence, {
      title: `${plural(count, 'live session')}, usually ${numberName(median)}`,
      explanation: [
        `${userNamed(told)} has ${plural(count, 'live session')}; the median of the days before is ${numberName(median)}.`,
        'Many sessions at once come from automation, from shared accounts, and from somebody who signs in again and again.',
        'How sure: how many there were on a day is counted from what polls and logins told; sessions that came and went between two polls are missing in it.',
        'What would make it wrong: a client that forgets its session, or a source that never ends any.',
      ],
    });
  },
};

type TooManyEvidence = SessionListEvidence & { readonly median: number };

type Span = { fromMs: number; untilMs: number };

/** The median number of sessions over the days of the look-back on which there were any; null when there is none. */
function medianOf(
  { source, userId }: SessionFacts,
  sessions: readonly SessionFacts[],
  { facts, settings }: Case,
): number | null {
  const today = Math.floor(facts.nowMs / DAY_MS);
  const days = Math.ceil(settings.learning.lookBackMs / DAY_MS);
  const changes = new Array<number>(days + 1).fill(0);
  for (const { fromMs, untilMs } of spansOf(source, userId, sessions, facts.sightings, facts.nowMs)) {
    const from = Math.max(0, days - (today - Math.floor(fromMs / DAY_MS)));
    const until = Math.min(days - 1, days - (today - Math.floor(untilMs / DAY_MS)));
    if (from > until || !Number.isFinite(from) || !Number.isFinite(until)) continue;
    changes[from] = (changes[from] ?? 0) + 1;
    changes[until + 1] = (changes[until + 1] ?? 0) - 1;
  }
  let live = 0;
  const counts = changes.slice(0, days).map((change) => (live += change));
  const used = counts.filter((count) => count > 0).sort((a, b) => a - b);
  return used.length === 0 ? null : (used[used.length >> 1] ?? null);
}

function spansOf(
  source: string,
  userId: string,
  sessions: readonly SessionFacts[],
  sightings: readonly Sighting[],
  nowMs: number,
): Iterable<Span> {
  const spans = new Map<string, Span>();
  for (const sighting of sightings) {
    const { sessionKey, toMs } = sighting;
    if (sessionKey === null || sighting.source !== source || sighting.userId !== userId) continue;
    const span = spans.get(sessionKey);
    if (span === undefined) spans.set(sessionKey, { fromMs: toMs, untilMs: toMs });
    else span.untilMs = toMs;
  }
  for (const { key, startedAtMs, firstObservedAtMs } of sessions) {
    spans.set(key, { fromMs: startedAtMs ?? firstObservedAtMs, untilMs: nowMs });
  }
  return spans.values();
}

function manyFinding(sessions: readonly SessionFacts[], median: number, person: Case): RuleFinding | null {
  return sessionListFinding<TooManyEvidence>(
    sessions.map((session) => ({ session, sinceMs: session.firstObservedAtMs })),
    {
      rule: 'too-many-sessions',
      severity: 'medium',
      evidence: { median },
      isLearning: !person.baseline.mature(person.facts.nowMs),
    },
    person,
  );
}
