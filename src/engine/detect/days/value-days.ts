import type { ValueCount } from './tally.ts';

/** How often each value of a feature was seen, by day: a few numbers for each day and value, found by halving. */
export class ValueDays {
  readonly #values = new Map<string, OneValue>();

  /** Days are added in order. */
  add(day: number, counts: readonly ValueCount[]): void {
    for (const [value, logins, users] of counts) {
      const known = this.#values.get(value);
      if (known === undefined) this.#values.set(value, { days: [day], sums: [logins], users: [users] });
      else {
        known.days.push(day);
        known.sums.push((known.sums.at(-1) ?? 0) + logins);
        known.users.push(users);
      }
    }
  }

  /** Logins with a value from one day to another, both included. */
  logins(value: string, fromDay: number, toDay: number): number {
    const one = this.#values.get(value);
    if (one === undefined) return 0;
    return sumBefore(one, toDay + 1) - sumBefore(one, fromDay);
  }

  /** How many values were seen from one day to another. */
  distinct(fromDay: number, toDay: number): number {
    let count = 0;
    for (const one of this.#values.values()) {
      if (sumBefore(one, toDay + 1) > sumBefore(one, fromDay)) count += 1;
    }
    return count;
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
    const one = this.#values.get(value);
    if (one === undefined) return 0;
    const counted = new Set<number>();
    for (let at = one.days.length - 1; at >= 0; at -= 1) {
      const day = one.days[at] ?? 0;
      if (day < fromDay) break;
      if (day > toDay) continue;
      for (const user of one.users[at] ?? []) {
        if (counted.has(user) || !counts(user)) continue;
        counted.add(user);
        if (counted.size === most) return most;
      }
    }
    return counted.size;
  }
}

type OneValue = {
  readonly days: number[];
  /** Logins up to and including the day. */
  readonly sums: number[];
  readonly users: (readonly number[])[];
};

function sumBefore({ days, sums }: OneValue, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return sums[low - 1] ?? 0;
}
