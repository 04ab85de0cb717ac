import { EXPLANATION_PARTS } from '../../src/contract/explanation.ts';
import type { RuleId } from '../../src/contract/rules.ts';
import { detect } from '../../src/engine/detect/detect.ts';
import type { PersonFacts, ReadableFinding } from '../../src/engine/detect/facts.ts';
import { noOrganisation, type Organisation } from '../../src/engine/detect/organisation.ts';
import { defaultSettings, type DetectSettings } from '../../src/engine/detect/settings.ts';

type Given = { readonly settings?: DetectSettings; readonly organisation?: Organisation };

/** What one rule finds in a person. */
export function foundBy(rule: RuleId, facts: PersonFacts, given: Given = {}): readonly ReadableFinding[] {
  const { settings = defaultSettings, organisation = noOrganisation } = given;
  return detect(facts, settings, organisation).findings.filter((finding) => finding.rule === rule);
}

/** Why one rule could not judge something: each reason once, in alphabetical order. */
export function unjudgedBy(rule: RuleId, facts: PersonFacts, given: Given = {}): readonly string[] {
  const { settings = defaultSettings, organisation = noOrganisation } = given;
  const { notEvaluable } = detect(facts, settings, organisation);
  return notEvaluable
    .filter((each) => each.rule === rule)
    .map(({ reason }) => reason)
    .sort();
}

/** Sentences that no finding may lack: who, how sure, and what would make it wrong. */
export const readable = new RegExp(
  `“ann” at “app”.*${EXPLANATION_PARTS.map((part) => `${part}: `).join('.*')}`,
);
