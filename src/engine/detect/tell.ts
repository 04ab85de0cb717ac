import type { RuleId } from '../../contract/rules.ts';
import { raisedWords } from './admin-in-new-context.ts';
import { catalogue } from './catalogue.ts';
import type { ReadableFinding, RuleFinding, Words } from './facts.ts';
import { wordsIn } from './finding.ts';
import type { Teller } from './rule.ts';

const tellers: ReadonlyMap<RuleId, Teller> = new Map(
  catalogue.flatMap(({ id, tell }) => (tell === undefined ? [] : [[id, tell] as const])),
);

type Tellable = Pick<RuleFinding, 'rule' | 'severity' | 'source' | 'userId' | 'words' | 'evidence'>;

/**
 * What a finding says: the words it came with, or those its rule tells from the evidence.
 *
 * @param userName what its user is called now; null where nobody says
 * @throws TypeError where it has no words and its rule tells none
 */
export function wordsOf(finding: Tellable, userName: string | null): Words {
  const { rule, severity, source, userId, words, evidence } = finding;
  if (words !== null) return words;
  const tell = tellers.get(rule);
  if (tell === undefined) throw new TypeError(`a finding of ${rule} has no words`);
  const { title, explanation } = tell(evidence as never, { source, userId, userName, severity });
  return wordsIn({ title, explanation: [...explanation, ...raisedWords(severity, evidence)] });
}

export function readable(finding: RuleFinding, userName: string | null): ReadableFinding {
  return { ...finding, ...wordsOf(finding, userName) };
}
