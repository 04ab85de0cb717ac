import { scoreBySeverity, type RuleId } from '../../contract/rules.ts';
import type { PersonFacts, RuleFinding } from './facts.ts';
import { raised } from './severity-steps.ts';

/** What is new about a person. */
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
  const why = `Raised from ${finding.severity} to ${severity}, because the user is an administrator.`;
  return {
    ...finding,
    severity,
    score: scoreBySeverity[severity],
    explanation: `${finding.explanation} ${why}`,
    evidence: { ...finding.evidence, raisedForAdministrator: true },
  };
}
