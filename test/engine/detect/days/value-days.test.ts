import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValueDaysBuilder } from '../../../../src/engine/detect/days/value-days.ts';

const LAST_DAY = 12;

type Seen = {
  readonly day: number;
  readonly value: string;
  readonly logins: number;
  readonly users: number[];
};

/** A value is counted once a day; days come in order. */
const seen = fc
  .uniqueArray(
    fc.record({
      day: fc.integer({ min: 0, max: LAST_DAY }),
      value: fc.constantFrom('DE', 'US', '__proto__', ''),
      logins: fc.integer({ min: 1, max: 1_000_000 }),
      users: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 5 }),
    }),
    { selector: ({ day, value }) => `${day} ${value}` },
  )
  .map((all): readonly Seen[] => all.sort((a, b) => a.day - b.day));
const day = fc.integer({ min: -2, max: LAST_DAY + 2 });

function valueDaysOf(all: readonly Seen[]) {
  const builder = new ValueDaysBuilder();
  for (const { day, value, logins, users } of all) builder.add(day, [[value, logins, users]]);
  return builder.build();
}

describe('what was seen of a value', () => {
  it('is what counting one by one answers, between any days', () => {
    fc.assert(
      fc.property(seen, day, day, (all, from, to) => {
        const days = valueDaysOf(all);
        const between = all.filter((each) => each.day >= from && each.day <= to);
        for (const value of ['DE', 'US', '__proto__', '', 'never']) {
          const ofValue = between.filter((each) => each.value === value);
          expect(days.logins(value, from, to)).toBe(ofValue.reduce((sum, { logins }) => sum + logins, 0));
          const even = new Set(ofValue.flatMap(({ users }) => users.filter((user) => user % 2 === 0)));
          const isEven = (user: number) => user % 2 === 0;
          expect(days.countUsers(value, { fromDay: from, toDay: to, most: 9 }, isEven)).toBe(even.size);
          expect(days.countUsers(value, { fromDay: from, toDay: to, most: 1 }, isEven)).toBe(
            Math.min(even.size, 1),
          );
        }
        expect(days.distinct(from, to)).toBe(new Set(between.map(({ value }) => value)).size);
      }),
    );
  });

  it('has room for many', () => {
    const days = valueDaysOf(
      Array.from({ length: 10_000 }, (_, at) => ({
        day: Math.floor(at / 100),
        value: `value ${at % 100}`,
        logins: at,
        users: [at, at + 1],
      })),
    );
    expect(days.logins('value 7', 3, 4)).toBe(307 + 407);
    expect(days.countUsers('value 7', { fromDay: 0, toDay: 99, most: 1_000 }, () => true)).toBe(200);
  });
});
