import type { RuleId, Severity } from '../../contract/rules.ts';
import { userAgentFamilyOf } from './device.ts';
import type { RuleFinding, Sighting, Words } from './facts.ts';
import { prefixOfSighting } from './features.ts';

/** Whose a finding is, and where it came from as far as that is known. */
export type Subject = Pick<Sighting, 'source' | 'userId' | 'ip' | 'network' | 'device'>;

/** What is said of a finding: a line, and sentences that say who, what, how sure, and what would make it wrong. */
export type ClaimWords = { readonly title: string; readonly explanation: readonly string[] };

/** What a rule has to say; the rest of a finding follows from it, the words too where its rule tells them (`rule.ts`). */
export type Claim = {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** What it is about: the finding goes to this user, and is grouped by where this came from. */
  readonly about: Subject;
  /** What makes it the same finding next time, apart from rule and person. */
  readonly key: readonly string[];
  readonly sessions: readonly (string | null)[];
  readonly atMs: number;
  readonly evidence: Record<string, unknown>;
  /** Not enough history to alert on. */
  readonly isLearning: boolean;
  /** Why it does not alert, or null. */
  readonly suppressedBy: string | null;
};

/** Makes a claim a finding that is ready to be stored. */
export function findingOf(claim: Claim | (Claim & ClaimWords)): RuleFinding {
  const { rule, severity, about, key, atMs, evidence, isLearning, suppressedBy } = claim;
  const { source, userId } = about;
  return {
    rule,
    dedupeKey: JSON.stringify([rule, source, userId, ...key]),
    severity,
    source,
    userId,
    sessions: [...new Set(claim.sessions.filter((session) => session !== null))],
    atMs,
    infrastructure: {
      prefix: prefixOfSighting(about),
      asn: about.network?.asn ?? null,
      client: userAgentFamilyOf(about),
    },
    words: 'title' in claim ? wordsIn(claim) : null,
    evidence,
    state: suppressedBy !== null ? 'suppressed' : isLearning ? 'learning' : 'open',
    suppressedBy,
  };
}

export function wordsIn({ title, explanation }: ClaimWords): Words {
  return { title, explanation: explanation.join(' ') };
}
