import { defaultSettings } from '../settings.ts';

const { stepNats: STEP, topShare: TOP_SHARE, minScores: MIN_SCORES } = defaultSettings.unlikely;

/** How many logins had a score in each step of a quarter nat; steps ascend. */
export type ScoreCounts = readonly (readonly [step: number, logins: number])[];

export function countScores(scores: readonly number[]): ScoreCounts {
  const counts = new Map<number, number>();
  for (const score of scores) {
    const step = Math.floor(score / STEP);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

/**
 * The lowest step from which on at most the top 0.5 % of all these scores lie, as a score; null when there are too few to
 * tell. Where more than that share one step, it is the step above: the budget of alerts holds.
 */
export function unlikelyFrom(days: readonly ScoreCounts[]): number | null {
  const sums = new Map<number, number>();
  let total = 0;
  for (const [step, logins] of days.flat()) {
    sums.set(step, (sums.get(step) ?? 0) + logins);
    total += logins;
  }
  if (total < MIN_SCORES) return null;
  let above = 0;
  for (const [step, logins] of [...sums].sort(([a], [b]) => b - a)) {
    above += logins;
    if (above > total * TOP_SHARE) return (step + 1) * STEP;
  }
  return null;
}
