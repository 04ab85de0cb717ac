import { RAISED } from '../../contract/explanation.ts';
import type { RuleId, Severity } from '../../contract/rules.ts';
import type { PersonFacts, RuleFinding } from './facts.ts';
import { raised } from './severity-steps.ts';

type RaisedEvidence = { readonly raisedForAdministrator: true; readonly raisedFrom: Severity };

/** What is new about a person; each tells its words from the evidence, so that what is added to that is told as well. */
const newContexts: ReadonlySet<RuleId> = new Set<RuleId>(['new-country', 'new-network', 'new-device']);

/**
 * What is new about an administrator weighs one step more (detections 4.7, C4): no finding of its own, it raises those of
 * three rules about users who are tagged as administrators, and says so.
 */
export function raiseForAdministrators(
  findings: readonly RuleFinding[],
  { users }: PersonFacts,
): readonly RuleFinding[] {
  const administrators = users.filter(({ tags }) => tags.includes('administrator'));
  if (administrators.length === 0) return findings;
  return findings.map((finding) => {
    const isOfOne = administrators.some(
      ({ source, userId }) => source === finding.source && userId === finding.userId,
    );
    return isOfOne && newContexts.has(finding.rule) ? raisedFinding(finding) : finding;
  });
}

function raisedFinding(finding: RuleFinding): RuleFinding {
  const severity = raised(finding.severity);
  if (severity === finding.severity) return finding;
  const raisedFor: RaisedEvidence = { raisedForAdministrator: true, raisedFrom: finding.severity };
  return {
    ...finding,
    severity,
    evidence: { ...finding.evidence, ...raisedFor },
  };
}

/** What is added to the words of a finding that was raised; nothing to others. */
export function raisedWords(severity: Severity, { raisedFrom }: Partial<RaisedEvidence>): readonly string[] {
  if (raisedFrom === undefined) return [];
  return [`${RAISED}${raisedFrom} to ${severity}, because the user is an administrator.`];
}
