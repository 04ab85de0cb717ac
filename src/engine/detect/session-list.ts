import type { RuleId, Severity } from '../../contract/rules.ts';
import type { Case } from './case.ts';
import type { RuleFinding, SessionFacts } from './facts.ts';
import { findingOf } from './finding.ts';
import { isoTime } from './moment.ts';
import type { DetectSettings } from './settings.ts';
import { deviceName, plural, numberName } from './words.ts';

/** A session on a list, and since when it belongs there. */
export type ListedSession = { readonly session: SessionFacts; readonly sinceMs: number };

/** A session as evidence names it: plain JSON values, unknown is null. */
export type SessionEvidence = {
  readonly key: string;
  readonly startedAt: string | null;
  readonly lastSeenAt: string | null;
  readonly expiresAt: string | null;
  readonly firstObservedAt: string | null;
  readonly device: string | null;
  readonly since: string | null;
};

export type SessionListEvidence = {
  /** All of them; `sessions` names only the first. */
  readonly count: number;
  readonly sessions: readonly SessionEvidence[];
};

/** What a rule says of a list. */
export type SessionListWords = {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly title: string;
  readonly explanation: readonly string[];
  readonly evidence?: Record<string, unknown>;
  readonly isLearning?: boolean;
};

/**
 * One finding for all sessions of a user that belong on a clean-up list, the longest first. Its moment is when the latest of them
 * came onto the list, and is renewed once a month for as long as one is on it, so that it never falls out of what is judged.
 */
export function sessionListFinding(
  listed: readonly ListedSession[],
  words: SessionListWords,
  { facts, settings }: Pick<Case, 'facts' | 'settings'>,
): RuleFinding | null {
  const sorted = listed.toSorted((a, b) => a.sinceMs - b.sinceMs || (a.session.key < b.session.key ? -1 : 1));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return null;
  const named = sorted.slice(0, settings.age.maxNamed);
  const evidence: SessionListEvidence = { count: sorted.length, sessions: named.map(evidenceOf) };
  const { source, userId } = first.session;
  return findingOf({
    rule: words.rule,
    severity: words.severity,
    about: { source, userId, ip: null, network: null, device: null },
    key: [],
    sessions: named.map(({ session }) => session.key),
    atMs: remindedMs(last.sinceMs, facts.nowMs, settings),
    title: words.title,
    explanation: [
      ...words.explanation,
      ...(named.length < sorted.length
        ? [`The finding names ${plural(named.length, 'session')} of ${numberName(sorted.length)}.`]
        : []),
    ],
    evidence: { ...evidence, ...words.evidence },
    isLearning: words.isLearning ?? false,
    suppressedBy: null,
  });
}

/** The last whole month, counted from `sinceMs`, that is over. */
function remindedMs(sinceMs: number, nowMs: number, { age }: DetectSettings): number {
  return sinceMs + Math.max(0, Math.floor((nowMs - sinceMs) / age.remindMs)) * age.remindMs;
}

function evidenceOf({ session, sinceMs }: ListedSession): SessionEvidence {
  return {
    key: session.key,
    startedAt: isoTime(session.startedAtMs),
    lastSeenAt: isoTime(session.lastSeenAtMs),
    expiresAt: isoTime(session.expiresAtMs),
    firstObservedAt: isoTime(session.firstObservedAtMs),
    device: session.device == null ? null : deviceName(session.device),
    since: isoTime(sinceMs),
  };
}
