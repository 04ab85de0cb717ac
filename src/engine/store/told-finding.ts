import type { RuleFinding } from '../detect/facts.ts';
import type { Identity } from './finding-identity.ts';
import { packTelling } from './finding-telling.ts';

/**
 * A finding on its way from where people are judged to where it is written: what it tells is packed already, because texts and
 * nested evidence would be copied twice between threads, and the one that writes has most to do.
 */
export type ToldFinding = Omit<RuleFinding, 'dedupeKey' | 'words' | 'evidence'> & {
  readonly publicId: string;
  readonly content: number;
  /** Its bytes as a text of one character each (latin1): many small buffers are dear to make, to copy and to collect. */
  readonly telling: string;
};

export function toldFinding(finding: RuleFinding, { publicId, content, text }: Identity): ToldFinding {
  const { rule, severity, score, source, userId, sessions, atMs, infrastructure, state, suppressedBy } =
    finding;
  return {
    ...{ rule, severity, score, source, userId, sessions, atMs, infrastructure, state, suppressedBy },
    ...{ publicId, content },
    telling: packTelling(rule, text).toString('latin1'),
  };
}

/** What is stored of it. */
export function tellingBytes({ telling }: Pick<ToldFinding, 'telling'>): Buffer {
  return Buffer.from(telling, 'latin1');
}
