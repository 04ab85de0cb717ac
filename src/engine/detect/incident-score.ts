import type { FindingState, Verdict } from '../../contract/finding.ts';
import { scoreBySeverity, severity as severities, type RuleId, type Severity } from '../../contract/rules.ts';

/** What a finding adds to its incident. */
export type Scored = {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly state: FindingState;
  /** Absent or null: nobody decided. */
  readonly verdict?: Verdict | null;
};

/**
 * Score of an incident, 0–100: 100 · (1 − Π(1 − s/100)) over its rules (detections 6.1), each with its highest finding that
 * counts, to one decimal: weak signals add up, and one rule can't saturate it by repeating itself.
 */
export function scoreOf(findings: readonly Scored[]): number {
  const highest = new Map<RuleId, number>();
  for (const { rule, severity } of findings.filter(counts))
    highest.set(rule, Math.max(highest.get(rule) ?? 0, scoreBySeverity[severity]));
  const innocent = [...highest.values()].reduce((share, score) => share * (1 - score / 100), 1);
  return Math.round(1000 * (1 - innocent)) / 10;
}

/** The severity that the score stands for, but at most one step above the worst finding; null where no finding counts. */
export function severityOf(findings: readonly Scored[]): Severity | null {
  const counting = findings.filter(counts);
  if (counting.length === 0) return null;
  const worst = Math.max(...counting.map(({ severity }) => severities.options.indexOf(severity)));
  const byScore = severities.options.findLastIndex((each) => scoreOf(counting) >= scoreBySeverity[each]);
  return severities.options[Math.max(worst, Math.min(byScore, worst + 1))] ?? null;
}

/** What waits for an analyst counts, and what one called an attack; what is suppressed, still being learned or dismissed does not. */
function counts({ state, verdict = null }: Scored): boolean {
  return state === 'open' || verdict === 'true-positive';
}
