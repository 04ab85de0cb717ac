import type { PersonFacts } from '../../src/engine/detect/facts.ts';
import { loginsOf, trip } from './baselines/logins.ts';

/** By sighting id, the more the more suspicious; what is left out scores 0. */
export type Scores = ReadonlyMap<string, number>;

/**
 * The speed since the login before, in km/h: what the peers' rules compare with their thresholds, here as a ranking, so that
 * they can be seen at any rate of false alarms and not only at their own.
 */
export function speedScores(facts: PersonFacts): Scores {
  const logins = loginsOf(facts);
  const scores = new Map<string, number>();
  for (const [at, after] of logins.entries()) {
    const before = logins[at - 1];
    if (before !== undefined) scores.set(after.id, trip(before, after, 1 / 3600).kmPerHour);
  }
  return scores;
}
