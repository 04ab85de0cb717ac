import { isFailure, isLogin, type Attempt } from '../../../src/engine/detect/days/attempt.ts';
import { utcDay } from '../../../src/engine/detect/days/utc-day.ts';
import type { FactsUser, Sighting } from '../../../src/engine/detect/facts.ts';
import type { History, Truth } from '../company/history.ts';

/** All that was tried in a company, as rules about many users look at it, and the truth about it apart. */
export type Attempts = {
  /** By day (UTC), the earliest first; those of a day by time, then id. */
  readonly byDay: ReadonlyMap<number, readonly Attempt[]>;
  /** By number: the user, and the successful logins in time order. */
  readonly users: readonly { readonly user: FactsUser; readonly logins: readonly Sighting[] }[];
  /** Of what attackers tried; the rest was honest. */
  readonly attackers: ReadonlyMap<string, Truth>;
};

/** One account, as far as its logins go. */
type Account = Pick<History, 'userId' | 'sightings' | 'truths'> & { readonly userName: string | null };

/** The user of an account as the facts have it. Every login is told of. */
export function userOf({ userId, userName }: Pick<Account, 'userId' | 'userName'>): FactsUser {
  return { source: 'app', userId, userName, tags: [], tellsLogins: true };
}

/** Goes through all accounts once. Logins and failures alone stay in memory. */
export function attemptsOf(accounts: Iterable<Account>): Attempts {
  const days = new Map<number, Attempt[]>();
  const users: Attempts['users'][number][] = [];
  const attackers = new Map<string, Truth>();
  for (const { truths, sightings, ...account } of accounts) {
    const user = userOf(account);
    const tried = sightings.filter((each) => isFailure(each) || isLogin(each, user));
    for (const sighting of tried) {
      const day = utcDay(sighting.toMs);
      const attempt = { sighting, user: users.length };
      const known = days.get(day);
      if (known === undefined) days.set(day, [attempt]);
      else known.push(attempt);
      const truth = truths.get(sighting.id);
      if (truth !== undefined && truth.attack !== null) attackers.set(sighting.id, truth);
    }
    users.push({ user, logins: tried.filter((each) => !isFailure(each)) });
  }
  for (const attempts of days.values()) attempts.sort(inOrder);
  return { byDay: new Map([...days].sort(([a], [b]) => a - b)), users, attackers };
}

function inOrder({ sighting: a }: Attempt, { sighting: b }: Attempt): number {
  return a.toMs - b.toMs || (a.id < b.id ? -1 : Number(a.id > b.id));
}
