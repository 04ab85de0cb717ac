import type { RuleId, Severity } from '../../contract/rules.ts';
import type { Case } from './case.ts';
import type { SettingName } from './threshold-words.ts';
import type { RuleFinding } from './facts.ts';
import type { ClaimWords } from './finding.ts';
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
  /** Where its findings come without words: tells them. */
  readonly tell?: Teller;
};

/** Whom a finding is about, as it is read, and how bad it is. */
export type Told = {
  readonly source: string;
  readonly userId: string;
  /** As the user is called now. */
  readonly userName: string | null;
  readonly severity: Severity;
};

/**
 * Tells a finding in words from its evidence, whenever it is read: for rules that find much, because nobody reads most of it, and the
 * words are the larger part of what a finding takes. The evidence, which is what the rule stored (hence `never`: only the rule
 * knows its shape), has to hold all they say. It outlives the version that wrote it: its shape may grow by what may be absent, and
 * nothing of it changes its meaning or goes.
 */
export type Teller = (evidence: never, told: Told) => ClaimWords;
