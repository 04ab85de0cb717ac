import type { RuleId } from '../../contract/rules.ts';
import type { Case } from './case.ts';
import type { SettingName } from './threshold-words.ts';
import type { RuleFinding } from './facts.ts';
import type { Unjudged } from './not-evaluable.ts';

/**
 * One thing that can be held against a person. `judge` is a pure function: the same facts give the same answer, in
 * whatever order they came; it never throws, and tells `unjudged` of what it can't judge and why.
 *
 * For what is judged at a moment only earlier sightings may count, so that judging poll by poll finds what judging all at
 * once does. It runs over ten million sightings in a row: linear, and what costs much comes after what rules most out.
 */
export type Rule = {
  /** Name, severity and inputs are in the contract's `ruleCatalogue`. */
  readonly id: RuleId;
  /** What it says “not evaluable” to, in words for the rules' page. */
  readonly cannotJudge: readonly string[];
  /** What lowers or suppresses it by itself, in the same words. */
  readonly lowered: readonly string[];
  /** The numbers it is tuned by, shown beside its findings. */
  readonly settings?: readonly SettingName[];
  judge(person: Case, unjudged: Unjudged): readonly RuleFinding[];
};
