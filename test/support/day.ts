import type { Day } from '../../src/engine/detect/days/day.ts';
import { History, type KeptDay } from '../../src/engine/detect/days/history.ts';
import { tallyOf } from '../../src/engine/detect/days/tally.ts';
import { dayStartMs, utcDay } from '../../src/engine/detect/days/utc-day.ts';
import type { Sighting } from '../../src/engine/detect/facts.ts';
import { noOrganisation } from '../../src/engine/detect/organisation.ts';
import { defaultSettings } from '../../src/engine/detect/settings.ts';
import { createSurvey } from '../../src/engine/detect/survey.ts';
import { aSighting, DAY, NOW_MS } from './sighting.ts';

/** The day that the tests judge, and its noon. */
export const TODAY = utcDay(NOW_MS);

/** A failed login at noon of the day; `user` is both id and name. */
export function failure(user: string, afterMs: number, over: Partial<Sighting> = {}): Sighting {
  return aSighting({ atMs: NOW_MS + afterMs, userId: user, outcome: 'failure', ...over });
}

/** A login at noon of the day. */
export function login(user: string, afterMs: number, over: Partial<Sighting> = {}): Sighting {
  return aSighting({ atMs: NOW_MS + afterMs, userId: user, ...over });
}

/** A day of the source `app` with these attempts, in any order. */
export function dayOf(attempts: readonly Sighting[], over: Partial<Day> = {}): Day {
  return {
    source: 'app',
    day: TODAY,
    attempts: attempts.toSorted((a, b) => a.toMs - b.toMs || (a.id < b.id ? -1 : 1)),
    names: new Map(attempts.map(({ userId }) => [userId, userId])),
    history: historyOf(() => []),
    organisation: noOrganisation,
    survey: createSurvey(defaultSettings),
    settings: defaultSettings,
    isToday: (atMs) => utcDay(atMs) === TODAY,
    ...over,
  };
}

/** The 40 days before the day; each is told how many days ago it is, and when its noon was. */
export function historyOf(attemptsOf: (ago: number, noonMs: number) => readonly Sighting[]): History {
  return new History(
    Array.from({ length: 40 }, (_, nth) => 40 - nth).map((ago): KeptDay => {
      const noonMs = dayStartMs(TODAY - ago) + DAY / 2;
      return { day: TODAY - ago, tally: tallyOf(numbered(attemptsOf(ago, noonMs))), scores: null };
    }),
    [[TODAY - 40, 10]],
  );
}

/** Attempts with numbers for their users, as the store gives them. */
export function numbered(attempts: readonly Sighting[]) {
  const users = [...new Set(attempts.map(({ userId }) => userId))];
  return attempts.map((sighting) => ({ sighting, user: users.indexOf(sighting.userId) + 1 }));
}
