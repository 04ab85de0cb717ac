import type { Attempt } from '../../../src/engine/detect/days/attempt.ts';
import { History, type KeptDay, type Newcomers } from '../../../src/engine/detect/days/history.ts';
import { organisationOfDays } from '../../../src/engine/detect/days/organisation-of-days.ts';
import { sampledUsers } from '../../../src/engine/detect/days/sampled-users.ts';
import { countScores } from '../../../src/engine/detect/days/score-counts.ts';
import { scoresOf } from '../../../src/engine/detect/days/score-logins.ts';
import { tallyOf } from '../../../src/engine/detect/days/tally.ts';
import { dayStartMs, utcDay } from '../../../src/engine/detect/days/utc-day.ts';
import type { Organisation } from '../../../src/engine/detect/organisation.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import type { Attempts } from './attempts.ts';

/** What is known of everybody: the same days as the store keeps (decision 15), made by the same code and kept in memory. */
export type Everybody = { readonly organisation: Organisation; readonly history: History };

/**
 * Counts and scores every day of a company. Nobody looks ahead: what is asked for a moment is answered from the days that were
 * settled then, as in the product. Attackers are counted like everybody else.
 */
export function learnOrganisation(attempts: Attempts): Everybody {
  const { users } = attempts;
  const firstDays = users.map(({ logins: [first] }) => (first === undefined ? null : utcDay(first.toMs)));
  const history = historyOf(attempts, newcomersOf(firstDays));
  const numbers = new Map(users.map(({ user: { userId } }, number) => [userId, number]));
  return { history, organisation: organisationFrom(history, numbers, firstDays) };
}

function historyOf(attempts: Attempts, newcomers: readonly Newcomers[]): History {
  const { byDay } = attempts;
  const counted = [...byDay].map(([day, list]): KeptDay => ({ day, tally: tallyOf(list), scores: null }));
  const unscored = new History(counted, newcomers);
  const scored = counted.map((kept): KeptDay => {
    const scores = scoresOn(kept.day, byDay.get(kept.day) ?? [], unscored, attempts);
    return { ...kept, scores: countScores(scores) };
  });
  return new History(scored, newcomers);
}

/** Apart from the counting: functions that live on keep alive all that is around them, and the attempts are to be forgotten. */
function organisationFrom(
  history: History,
  numbers: ReadonlyMap<string, number>,
  firstDays: readonly (number | null)[],
): Organisation {
  const histories = new Map([['app', history]]);
  return organisationOfDays({
    histories: () => histories,
    historyOf: () => history,
    numberOf: ({ userId }) => numbers.get(userId) ?? null,
    firstDayOf: (user) => firstDays[user] ?? null,
  });
}

function newcomersOf(firstDays: readonly (number | null)[]): readonly Newcomers[] {
  const known = firstDays.filter((day) => day !== null);
  return [...Map.groupBy(known, (day) => day)].map(([day, users]) => [day, users.length]);
}

/** What the store scores of a day: the logins of a sample of its users, each against what that user did before. */
function scoresOn(
  day: number,
  tried: readonly Attempt[],
  history: History,
  { users }: Attempts,
): readonly number[] {
  const background = history.background(day);
  if (background === null) return [];
  const [fromMs, toMs] = [dayStartMs(day), dayStartMs(day + 1)];
  const sinceMs = fromMs - defaultSettings.learning.lookBackMs;
  return sampledUsers(tried).flatMap((number) => {
    const logins = users[number]?.logins ?? [];
    return scoresOf(
      logins.filter((login) => login.toMs >= sinceMs && login.toMs < toMs),
      fromMs,
      background,
    );
  });
}
