import { learnBaseline, type Baseline } from './baseline.ts';
import { detoursOf, type Detour } from './detours.ts';
import { isEverFar } from './ever-far.ts';
import { caseLists, type CaseLists } from './case-lists.ts';
import type { PersonFacts } from './facts.ts';
import { noOrganisation, type Organisation } from './organisation.ts';
import { lazily } from './remembered.ts';
import type { DetectSettings } from './settings.ts';
import type { Survey } from './survey.ts';

/** One person before the rules: the facts, and what several rules ask of them. */
export type Case = CaseLists & {
  /** Sorted by time, with readable times only, and without what our own polling left behind. */
  readonly facts: PersonFacts;
  readonly baseline: Baseline;
  readonly survey: Survey;
  readonly settings: DetectSettings;
  /** What everybody else did. */
  readonly organisation: Organisation;
  /** Where the person came to networks that hide him, in time order. */
  detours(): readonly Detour[];
  /** Whether any two places are far enough apart for travel to be judged: see `isEverFar`. */
  isEverFar(): boolean;
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
  const baseline = learnBaseline(facts, survey);
  return {
    ...caseLists(facts, settings),
    facts,
    baseline,
    survey,
    settings,
    organisation,
    detours: lazily(() => detoursOf(baseline.proven(), survey)),
    isEverFar: lazily(() => isEverFar(facts.sightings, survey)),
    isJudged: (atMs) => atMs >= sinceMs,
  };
}

/** From when on findings are made. Of facts that were cut the older half only teaches, as it does of whole ones. */
export function judgedSinceMs(
  {
    nowMs,
    cutBeforeMs,
    isHistory,
    sightings,
  }: Pick<PersonFacts, 'nowMs' | 'cutBeforeMs' | 'isHistory' | 'sightings'>,
  { judgedMs }: DetectSettings,
): number {
  const isWhole = isHistory === true;
  const endMs = isWhole ? Math.min(nowMs, sightings.at(-1)?.toMs ?? nowMs) : nowMs;
  const newerHalf = cutBeforeMs === undefined ? -Infinity : (cutBeforeMs + endMs) / 2;
  return Math.max(isWhole ? -Infinity : nowMs - judgedMs, newerHalf);
}
