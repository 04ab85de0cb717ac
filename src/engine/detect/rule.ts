import type { RuleId, Severity } from '../../contract/rules.ts';
import type { Baseline } from './baseline.ts';
import type { Detection, PersonFacts } from './facts.ts';
import type { DetectSettings } from './settings.ts';

/**
 * One thing that can be held against a person. `judge` is a pure function: the same facts give the same answer, in
 * whatever order they came; it never throws, and says of what it can't judge why.
 *
 * Facts arrive sorted by time, with readable times only, and without what our own polling left behind. For what is
 * judged at a moment only earlier sightings may count, so that judging poll by poll finds what judging all at once does.
 */
export type Rule = {
  readonly id: RuleId;
  /** The short id of detections.md. */
  readonly letter: string;
  /** Where nothing raises or lowers it. */
  readonly severity: Severity;
  readonly title: string;
  /** Inputs without which there is nothing to judge, in words. */
  readonly needs: readonly string[];
  judge(facts: PersonFacts, baseline: Baseline, settings: DetectSettings): Detection;
};
