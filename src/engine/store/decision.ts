import type { Verdict } from '../../contract/finding.ts';
import type { Decided } from '../../contract/triage.ts';

/** What is decided on: findings by id, or everything that waits in incidents. */
export type DecisionTarget = { readonly kind: 'findings' | 'incidents'; readonly ids: readonly string[] };

/** A verdict and who gave it; null takes verdicts back. */
export type Decision = {
  readonly verdict: Verdict | null;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
  readonly duplicateOf: string | null;
};

/** What it changed, and the users whose facts have to be judged again. */
export type DecisionEffect = Decided & { readonly users: readonly number[] };
