import type { RetentionCounts } from '../../../contract/care.ts';

/** Where a run is: which kind of row, and after which row number. Plain data, so that it can cross threads. */
export type RetentionCursor = { readonly stage: number; readonly after: number };

export type RetentionStep = {
  readonly removed: Partial<RetentionCounts>;
  /** Where the next step begins; null at the end of the run. */
  readonly next: RetentionCursor | null;
};

export type RetentionLimits = {
  /** What was over before this is forgotten. */
  readonly cutoffMs: number;
  /** The same for findings: never later than what the rules still judge, or a closed one would be found anew as open. */
  readonly findingsCutoffMs: number;
};
