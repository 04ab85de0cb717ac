import type { Problem } from '../../contract/error-codes.ts';
import type { AnyConfig } from '../../contract/source.ts';

/** What is known of a source apart from its configuration. */
export type SourceRecord = {
  readonly config: AnyConfig;
  readonly demo: boolean;
  readonly problem: Problem | null;
  readonly lastAttemptAtMs: number | null;
  readonly lastCompleteAtMs: number | null;
  readonly liveSessions: number;
  readonly rejectedRows: number;
  readonly rejectedExamples: readonly string[];
};
