import { scoreOf, severityOf, type Scored } from './incident-score.ts';
import { traceKeys, type Traced } from './incident-traces.ts';
import { isCleanUp } from './clean-up.ts';
import type { Severity } from '../../contract/rules.ts';
import type { DetectSettings } from './settings.ts';

/** What grouping asks of a finding; a `RuleFinding` is one. */
export type Groupable = Traced & Scored & { readonly atMs: number };

/** Findings of one person that one attacker, or one habit, left behind. */
export type IncidentGroup<Finding extends Groupable> = {
  /** In time order, at least one; suppressed, learning and closed ones belong to it too. */
  readonly findings: readonly Finding[];
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** 0–100, as of its last finding: see `scoreNow`. */
  readonly score: number;
  /** Of its score, at most one step above the worst finding that counts; null: none counts. */
  readonly severity: Severity | null;
  /** An analyst called one of its findings a true positive: the score no longer fades. */
  readonly isConfirmed: boolean;
  /** Whether it is put before an analyst: one finding that waits is at least medium and no clean-up. */
  readonly isAlerting: boolean;
};

/**
 * Groups the findings of one person (all its users) into incidents (detections 6.1): those that share a trace (`traceKeys`)
 * within 24 hours of each other are one incident, and whatever is linked to them through others. What shares none is two,
 * however close in time: two attackers are two incidents.
 *
 * Pure; the same findings in any order give the same groups, by their first finding. O(n log n).
 */
export function groupIncidents<Finding extends Groupable>(
  findings: readonly Finding[],
  { incident }: DetectSettings,
): readonly IncidentGroup<Finding>[] {
  const inOrder = findings.toSorted((a, b) => a.atMs - b.atMs);
  const parents = inOrder.map((_, index) => index);
  const lastWith = new Map<string, number>();
  for (const [index, finding] of inOrder.entries()) {
    for (const trace of traceKeys(finding)) {
      const last = lastWith.get(trace);
      const lastAtMs = last === undefined ? undefined : inOrder[last]?.atMs;
      // The latest with the same trace is the nearest: if that one is too long ago, so are all before it.
      if (last !== undefined && lastAtMs !== undefined && finding.atMs - lastAtMs <= incident.gapMs)
        join(parents, last, index);
      lastWith.set(trace, index);
    }
  }
  const groups = Map.groupBy(inOrder.keys(), (index) => rootOf(parents, index));
  return [...groups.values()].map((members) => groupOf(members.flatMap((index) => inOrder[index] ?? [])));
}

/** The score at a moment: half after every seven days without another finding, unless it was confirmed. */
export function scoreNow(
  { score, lastAtMs, isConfirmed }: Pick<IncidentGroup<Groupable>, 'score' | 'lastAtMs' | 'isConfirmed'>,
  nowMs: number,
  { incident }: DetectSettings,
): number {
  if (isConfirmed) return score;
  return score * 2 ** (-Math.max(0, nowMs - lastAtMs) / incident.halfLifeMs);
}

function groupOf<Finding extends Groupable>(findings: readonly Finding[]): IncidentGroup<Finding> {
  const times = findings.map(({ atMs }) => atMs);
  return {
    findings,
    firstAtMs: times[0] ?? 0,
    lastAtMs: times.at(-1) ?? 0,
    score: scoreOf(findings),
    severity: severityOf(findings),
    isConfirmed: findings.some(({ verdict }) => verdict === 'true-positive'),
    isAlerting: findings.some(isWorthAnAlert),
  };
}

const alerting: ReadonlySet<Severity> = new Set<Severity>(['medium', 'high', 'critical']);

/**
 * Clean-up lists and what is at most low wait to be looked at, and interrupt nobody: at default settings a company of a
 * thousand is to give an analyst five incidents a day.
 */
function isWorthAnAlert({ rule, severity, state }: Groupable): boolean {
  return state === 'open' && alerting.has(severity) && !isCleanUp(rule);
}

/** Links two sets of findings; the root is the earliest, so that groups come in the order of their first finding. */
function join(parents: number[], one: number, other: number): void {
  const [a, b] = [rootOf(parents, one), rootOf(parents, other)];
  parents[Math.max(a, b)] = Math.min(a, b);
}

function rootOf(parents: number[], index: number): number {
  let at = index;
  for (;;) {
    const parent = parents[at] ?? at;
    if (parent === at) return at;
    const above = parents[parent] ?? parent;
    parents[at] = above;
    at = above;
  }
}
