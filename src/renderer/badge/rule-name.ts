import { ruleCatalogue, type RuleWords } from '../../contract/rule-catalogue.ts';

const catalogue: Partial<Record<string, RuleWords>> = ruleCatalogue;

/** A rule in words; an id this page does not know yet is shown as it is, with spaces. */
export function ruleName(rule: string): string {
  return catalogue[rule]?.name ?? rule.replaceAll('-', ' ');
}

/** One or two words for a table cell. */
export function shortRuleName(rule: string): string {
  return catalogue[rule]?.short ?? rule.replaceAll('-', ' ');
}
