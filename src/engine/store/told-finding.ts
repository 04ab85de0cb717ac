import type { RuleFinding } from '../detect/facts.ts';
import type { Identity } from './finding-identity.ts';
import { packTelling } from './finding-telling.ts';

/**
 * A finding on its way from where people are judged to where it is written: what it tells is packed already, because texts and
 * nested evidence would be copied twice between threads, and the one that writes has most to do.
 */
export type ToldFinding = Omit<RuleFinding, 'dedupeKey' | 'title' | 'explanation' | 'evidence'> & {
  readonly publicId: string;
  readonly content: number;
  readonly telling: Uint8Array;
};

export function toldFinding(finding: RuleFinding, { publicId, content, text }: Identity): ToldFinding {
  const { rule, severity, score, source, userId, sessions, atMs, infrastructure, state, suppressedBy } =
    finding;
  return {
    ...{ rule, severity, score, source, userId, sessions, atMs, infrastructure, state, suppressedBy },
    ...{ publicId, content },
    // Of a view all of the memory that it is a part of travels.
    telling: new Uint8Array(packTelling(rule, text)),
  };
}
