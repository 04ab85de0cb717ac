import type { Finding } from '../../contract/finding.ts';
import { utcTime } from '../text/times.ts';
import { verdictWords } from '../triage/verdict-words.ts';
import { told, toldLines } from './ticket-text.ts';

type Decided = Pick<Finding, 'verdict' | 'verdictReason' | 'verdictBy' | 'verdictAt'> & {
  duplicateOf?: string | null;
};

/** What was decided, by whom, when and why; nothing where nobody did. */
export function decisionLines(decided: Decided): readonly string[] {
  const { verdict, verdictReason, verdictBy, verdictAt, duplicateOf = null } = decided;
  if (verdict === null) return [];
  const original = duplicateOf === null ? '' : ` of ${told(duplicateOf)}`;
  const when = verdictAt === null ? '' : `, ${utcTime(verdictAt)}`;
  return [
    `Verdict: ${verdictWords[verdict].name}${original}, by ${told(verdictBy)}${when}`,
    ...toldLines(verdictReason ?? '').map((line) => `  ${line}`),
  ];
}
