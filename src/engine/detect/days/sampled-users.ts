import { markOf } from '../mark.ts';
import { defaultSettings } from '../settings.ts';
import { isFailure, type Attempt } from './attempt.ts';

/**
 * Users whose logins of a day are scored for the threshold of unlikely logins: those with a login on it, at most 200, whose
 * names have the smallest marks. The same attempts in any order give the same users.
 */
export function sampledUsers(attempts: Iterable<Attempt>): readonly number[] {
  const marks = new Map<number, number>();
  for (const { user, sighting } of attempts) {
    if (!isFailure(sighting) && !marks.has(user)) marks.set(user, markOf(sighting.userId));
  }
  return [...marks]
    .sort(([, a], [, b]) => a - b)
    .slice(0, defaultSettings.unlikely.sampledUsers)
    .map(([user]) => user);
}
