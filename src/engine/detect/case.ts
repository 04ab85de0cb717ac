import { learnBaseline, type Baseline } from './baseline.ts';
import type { PersonFacts } from './facts.ts';
import { noOrganisation, type Organisation } from './organisation.ts';
import type { DetectSettings } from './settings.ts';
import type { Survey } from './survey.ts';

/** One person before the rules: the facts, and what several rules ask of them. */
export type Case = {
  /** Sorted by time, with readable times only, and without what our own polling left behind. */
  readonly facts: PersonFacts;
  readonly baseline: Baseline;
  readonly survey: Survey;
  readonly settings: DetectSettings;
  /** What everybody else did. */
  readonly organisation: Organisation;
  /** Whether findings about that moment are made at all; older ones were made when the moment was new. */
  isJudged(atMs: number): boolean;
};

export function caseOf(
  facts: PersonFacts,
  survey: Survey,
  organisation: Organisation = noOrganisation,
): Case {
  const { settings } = survey;
  const sinceMs = judgedSinceMs(facts, settings);
  return {
    facts,
    baseline: learnBaseline(facts, survey),
    survey,
    settings,
    organisation,
    isJudged: (atMs) => atMs >= sinceMs,
  };
}

/** From when on findings are made. Of facts that were cut the older half only teaches, as it does of whole ones. */
export function judgedSinceMs({ nowMs, cutBeforeMs }: PersonFacts, { judgedMs }: DetectSettings): number {
  return Math.max(nowMs - judgedMs, cutBeforeMs === undefined ? -Infinity : (cutBeforeMs + nowMs) / 2);
}
