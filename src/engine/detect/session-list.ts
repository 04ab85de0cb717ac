import type { RuleId, Severity } from '../../contract/rules.ts';
import type { Case } from './case.ts';
import type { RuleFinding, SessionFacts } from './facts.ts';
import { findingOf, type ClaimWords } from './finding.ts';
import { isoTime } from './moment.ts';
import type { DetectSettings } from './settings.ts';
import { deviceName, plural, numberName } from './words.ts';

/** A session on a list, and since when it belongs there. */
export type ListedSession = { readonly session: SessionFacts; readonly sinceMs: number };

/**
 * A session as evidence names it: plain JSON values, unknown is null. Only what stays the same while it is used, or each poll would
 * make another finding of it.
 */
type SessionEvidence = {
  readonly key: string;
  readonly startedAt: string | null;
  readonly device: string | null;
  readonly since: string | null;
};

export type SessionListEvidence = {
  /** All of them; `sessions` names only the first. */
  readonly count: number;
  readonly sessions: readonly SessionEvidence[];
};

/** What a rule says of a list. */
type SessionListClaim<Evidence extends SessionListEvidence> = {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Beside the list itself. */
  readonly evidence: Omit<Evidence, keyof SessionListEvidence>;
  readonly isLearning?: boolean;
};

/**
 * One finding for all sessions of a user that belong on a clean-up list, the longest first. Its moment is when the latest of them
 * came onto the list, and is renewed once a month for as long as one is on it, so that it never falls out of what is judged.
 */
export function sessionListFinding<Evidence extends SessionListEvidence>(
  listed: readonly ListedSession[],
  claim: SessionListClaim<Evidence>,
  { facts, settings }: Pick<Case, 'facts' | 'settings'>,
): RuleFinding | null {
  const sorted = listed.toSorted((a, b) => a.sinceMs - b.sinceMs || (a.session.key < b.session.key ? -1 : 1));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return null;
  const named = sorted.slice(0, settings.age.maxNamed);
  const list: SessionListEvidence = { count: sorted.length, sessions: named.map(evidenceOf) };
  const { source, userId } = first.session;
  return findingOf({
    rule: claim.rule,
    severity: claim.severity,
    about: { source, userId, ip: null, network: null, device: null },
    key: [],
    sessions: named.map(({ session }) => session.key),
    atMs: remindedMs(last.sinceMs, facts.nowMs, settings),
    evidence: { ...list, ...claim.evidence },
    isLearning: claim.isLearning ?? false,
    suppressedBy: null,
  });
}

/** A rule's words of a list, and after the first sentence how many of the sessions it names. */
export function listWords(
  { count, sessions }: SessionListEvidence,
  { title, explanation }: ClaimWords,
): ClaimWords {
  if (sessions.length === count) return { title, explanation };
  const named = `The finding names ${plural(sessions.length, 'session')} of ${numberName(count)}.`;
  return { title, explanation: [...explanation.slice(0, 1), named, ...explanation.slice(1)] };
}

/** The last whole month, counted from `sinceMs`, that is over. */
function remindedMs(sinceMs: number, nowMs: number, { age }: DetectSettings): number {
  return sinceMs + Math.max(0, Math.floor((nowMs - sinceMs) / age.remindMs)) * age.remindMs;
}

function evidenceOf({ session: { key, startedAtMs, device }, sinceMs }: ListedSession): SessionEvidence {
  return {
    key,
    startedAt: isoTime(startedAtMs),
    device: device == null ? null : deviceName(device),
    since: isoTime(sinceMs),
  };
}
