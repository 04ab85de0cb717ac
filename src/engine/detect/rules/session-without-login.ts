import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { lowerBound } from '../sorted-times.ts';
import { addressName, deviceName, duration, moment, personName, placeName } from '../words.ts';

/**
 * A session begins, and its source, which tells of logins, tells of none for the user around that moment (detections 4.4, H6).
 * Whoever makes a session without signing in has forged or taken over one.
 *
 * A source counts as telling from the first login of the user that it told of. Can't judge: sources that tell of no logins,
 * starts that are not reported or too recent for their login to have been told.
 */
export const sessionWithoutLogin: Rule = {
  id: 'session-without-login',
  cannotJudge: [
    'sources that tell of no logins',
    'starts that the source does not report',
    'starts that are only minutes old',
  ],
  lowered: [],
  settings: ['sessionState.loginWithinMs'],
  judge(person, unjudged) {
    const { facts, settings } = person;
    const { loginWithinMs } = settings.sessionState;
    const logins = new Map<string, number[]>();
    for (const { kind, source, userId, toMs } of person.signIns()) {
      if (kind === 'login') add(logins, accountOf({ source, userId }), toMs);
    }
    const findings: RuleFinding[] = [];
    if (logins.size === 0) {
      tellMissing(unjudged, person.seen(), ({ kind }) => kind === 'start', 'The source tells of no logins.');
      return findings;
    }
    for (const start of person.seen()) {
      if (start.kind !== 'start' || start.idReconnects) continue;
      const times = logins.get(accountOf(start)) ?? [];
      const next = lowerBound(times, start.toMs - loginWithinMs);
      if (start.quality !== 'reported') {
        unjudged.add('The source does not report when the session began.', start);
      } else if (next === 0 && (times[0] ?? Infinity) > start.toMs + loginWithinMs) {
        unjudged.add('The source had told of no login of the user by then.', start);
      } else if (start.toMs > facts.nowMs - loginWithinMs) {
        unjudged.add('The session has just begun: its login may still be told.', start);
      } else if ((times[next] ?? Infinity) > start.toMs + loginWithinMs && person.isJudged(start.toMs)) {
        findings.push(startFinding(start, times[next - 1] ?? null, person));
      }
    }
    return findings;
  },
};

export type SessionWithoutLoginEvidence = {
  readonly sighting: SightingEvidence;
  /** How long before it the last login was; null: more than nothing is known. */
  readonly hoursSinceLogin: number | null;
  readonly withinMinutes: number;
};

function accountOf({ source, userId }: Pick<Sighting, 'source' | 'userId'>): string {
  return JSON.stringify([source, userId]);
}

function add(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function startFinding(
  start: Sighting,
  lastLoginMs: number | null,
  { facts, baseline, settings }: Case,
): RuleFinding {
  const { loginWithinMs } = settings.sessionState;
  const evidence: SessionWithoutLoginEvidence = {
    sighting: sightingEvidence(start),
    hoursSinceLogin: lastLoginMs === null ? null : Math.round((start.toMs - lastLoginMs) / 360_000) / 10,
    withinMinutes: loginWithinMs / 60_000,
  };
  return findingOf({
    rule: 'session-without-login',
    severity: 'medium',
    about: start,
    key: [start.id],
    sessions: [start.sessionKey],
    atMs: start.toMs,
    title: 'A session began without a login',
    explanation: [
      `A session of ${personName(facts, start)} began at ${moment(start.toMs)} with ${deviceName(start.device)} from ${addressName(start)}, ${placeName(start.place)}.`,
      `The source tells of logins, but of none for this user within ${duration(loginWithinMs)} of that` +
        (lastLoginMs === null
          ? '.'
          : `; the last one before was ${duration(start.toMs - lastLoginMs)} earlier.`),
      'How sure: that a login is missing is sure only as far as the source tells of every login.',
      'What would make it wrong: sign-in through another system (SSO), an administrator who acts for the user, or gaps in the login history.',
    ],
    evidence,
    isLearning: !baseline.mature(start.toMs),
    suppressedBy: null,
  });
}
