import { DayRowsBuilder, type DayRows } from './day-rows.ts';
import type { ValueCount } from './tally.ts';

/** Columns of a value on a day: its logins, and where in the list of users those begin who are named, and how many. */
const [LOGINS, FIRST_USER, USERS] = [0, 1, 2];
const COLUMNS = 3;

/** How often each value of a feature was seen, by day. */
export class ValueDays {
  readonly #days: DayRows;
  readonly #users: Int32Array;

  constructor(days: DayRows, users: Int32Array) {
    this.#days = days;
    this.#users = users;
  }

  /** Logins with a value from one day to another, both included. */
  logins(value: string, fromDay: number, toDay: number): number {
    const [first, behind] = this.#days.between(value, fromDay, toDay);
    let sum = 0;
    for (let row = first; row < behind; row += 1) sum += this.#days.at(row, LOGINS);
    return sum;
  }

  /** How many values were seen from one day to another. */
  distinct(fromDay: number, toDay: number): number {
    return this.#days.countKeys(fromDay, toDay);
  }

  /** Values that so many different users had from one day to another. */
  withUsers(users: number, fromDay: number, toDay: number): readonly string[] {
    const span = { fromDay, toDay, most: users };
    return [...this.#days.keys()].filter((value) => this.countUsers(value, span, () => true) === users);
  }

  /**
   * How many different users of a value count, of those that are known; looks from the newest day back and no further than
   * to the last of `most`.
   */
  countUsers(
    value: string,
    { fromDay, toDay, most }: { readonly fromDay: number; readonly toDay: number; readonly most: number },
    counts: (user: number) => boolean,
  ): number {
    const [first, behind] = this.#days.between(value, fromDay, toDay);
    const counted = new Set<number>();
    for (let row = behind - 1; row >= first; row -= 1) {
      const from = this.#days.at(row, FIRST_USER);
      const until = from + this.#days.at(row, USERS);
      for (let at = from; at < until; at += 1) {
        const user = this.#users[at] ?? 0;
        if (counted.has(user) || !counts(user)) continue;
        counted.add(user);
        if (counted.size === most) return most;
      }
    }
    return counted.size;
  }
}

/** Takes what was counted in the order of days. */
export class ValueDaysBuilder {
  readonly #days = new DayRowsBuilder(COLUMNS);
  readonly #users: number[] = [];

  add(day: number, counts: readonly ValueCount[]): void {
    for (const [value, logins, users] of counts) {
      this.#days.add(value, day, logins, this.#users.length, users.length);
      this.#users.push(...users);
    }
  }

  build(): ValueDays {
    return new ValueDays(this.#days.build(), Int32Array.from(this.#users));
  }
}
