import type { RuleId } from '../../src/contract/rules.ts';
import { detect } from '../../src/engine/detect/detect.ts';
import type { PersonFacts, RuleFinding } from '../../src/engine/detect/facts.ts';
import { defaultSettings } from '../../src/engine/detect/settings.ts';

/** What one rule finds of a person. */
export function foundBy(rule: RuleId, facts: PersonFacts): readonly RuleFinding[] {
  return detect(facts, defaultSettings).findings.filter((finding) => finding.rule === rule);
}

/** Why one rule could not judge what, sorted. */
export function unjudgedBy(rule: RuleId, facts: PersonFacts): readonly string[] {
  return detect(facts, defaultSettings)
    .notEvaluable.filter((each) => each.rule === rule)
    .map(({ reason }) => reason)
    .sort();
}

/** Sentences that no finding may lack: who, how sure, and what would make it wrong. */
export const readable = /“ann” at “app”.*How sure: .*What would make it wrong: /;
