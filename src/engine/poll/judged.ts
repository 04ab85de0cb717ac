import type { TouchedDay } from '../store/judgement.ts';
import type { UserNumber } from '../store/user-number.ts';
import type { ToJudge } from './judge-portions.ts';

/** What was judged in one go. */
export class Judged {
  readonly #users = new Set<UserNumber>();
  readonly #days = new Set<string>();

  add({ users, days }: ToJudge): void {
    for (const user of users) this.#users.add(user);
    for (const day of days) this.#days.add(named(day));
  }

  /** Those that were not. */
  missing({ users, days }: ToJudge): ToJudge {
    return {
      users: users.filter((user) => !this.#users.has(user)),
      days: days.filter((day) => !this.#days.has(named(day))),
    };
  }
}

function named({ source, day }: TouchedDay): string {
  return JSON.stringify([source, day]);
}
