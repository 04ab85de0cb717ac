import { describe, expect, it } from 'vitest';
import { countScores, unlikelyFrom } from '../../../../src/engine/detect/days/score-counts.ts';
import { History, type KeptDay } from '../../../../src/engine/detect/days/history.ts';
import { organisationOfDays } from '../../../../src/engine/detect/days/organisation-of-days.ts';
import { tallyOf } from '../../../../src/engine/detect/days/tally.ts';
import { mostUsersWithin } from '../../../../src/engine/detect/days/most-users.ts';
import { dayStartMs } from '../../../../src/engine/detect/days/utc-day.ts';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { historyOf, numbered, TODAY } from '../../../support/day.ts';
import { aSighting, DAY, HOUR, NOW_MS, tokyo } from '../../../support/sighting.ts';

const many = <T>(count: number, each: (nth: number) => T) =>
  Array.from({ length: count }, (_, nth) => each(nth));

/** Logins of so many users on a day so long ago. */
function loginsOn(ago: number, users: number, over: Partial<Sighting> = {}) {
  const noonMs = dayStartMs(TODAY - ago) + DAY / 2;
  const logins = many(users, (nth) => aSighting({ atMs: noonMs + nth, userId: `u${nth}`, ...over }));
  return { day: TODAY - ago, tally: tallyOf(numbered(logins)), scores: null } satisfies KeptDay;
}

/** What is known from days of one source; users are numbered from 1 and were first seen `firstAgo` days ago. */
function known(days: readonly KeptDay[], firstAgo: number | null = 60) {
  const history = new History(days, []);
  return organisationOfDays({
    histories: () => new Map([['app', history]]),
    historyOf: () => history,
    numberOf: ({ userId }) => Number(userId.slice(1)) + 1,
    firstDayOf: () => (firstAgo === null ? null : TODAY - firstAgo),
  });
}

const user = (nth: number) => ({ source: 'app', userId: `u${nth}`, userName: null, tags: [] });
const when = { atMs: NOW_MS, days: 30, except: [] };

describe('what everybody did', () => {
  it('counts others who were seen with a value on days that were over for 24 hours', () => {
    const organisation = known([loginsOn(5, 4)]);
    expect(organisation.others('country', 'DE', when)).toBe(4);
    expect(organisation.others('asn', '64500', when)).toBe(4);
    expect(organisation.others('country', 'JP', when)).toBe(0);
  });

  it('leaves out the person who is judged', () => {
    const except = [user(0), user(1), user(99)];
    expect(known([loginsOn(5, 4)]).others('country', 'DE', { ...when, except })).toBe(2);
  });

  it('knows nothing of yesterday and today, nor of what is too long ago', () => {
    for (const ago of [0, 1, 32]) expect(known([loginsOn(ago, 4)]).others('country', 'DE', when)).toBeNull();
    for (const ago of [2, 31]) expect(known([loginsOn(ago, 4)]).others('country', 'DE', when)).toBe(4);
  });

  it('counts nobody who is new', () => {
    expect(known([loginsOn(5, 4)], 13).others('country', 'DE', when)).toBe(0);
    expect(known([loginsOn(5, 4)], 14).others('country', 'DE', when)).toBe(4);
    expect(known([loginsOn(5, 4)], null).others('country', 'DE', when)).toBe(0);
  });

  it('stops at 20, and knows five of each day', () => {
    expect(known([loginsOn(5, 50)]).others('country', 'DE', when)).toBe(5);
    const days = [9, 8, 7, 6, 5].map((ago, nth) => {
      const logins = many(10, (one) =>
        aSighting({ atMs: dayStartMs(TODAY - ago), userId: `u${nth * 10 + one}` }),
      );
      const attempts = logins.map((sighting, one) => ({ sighting, user: nth * 10 + one + 1 }));
      return { day: TODAY - ago, tally: tallyOf(attempts), scores: null };
    });
    expect(known(days).others('country', 'DE', when)).toBe(20);
  });

  it('takes shares of all logins of 30 days, once there are a thousand', () => {
    const elsewhere = { place: tokyo };
    const organisation = known([loginsOn(6, 990), loginsOn(5, 10, elsewhere)]);
    expect(organisation.loginShare('country', 'JP', NOW_MS)).toBe(0.01);
    expect(known([loginsOn(6, 999)]).loginShare('country', 'DE', NOW_MS)).toBeNull();
  });

  it('knows a client by its user agent without versions', () => {
    const organisation = known([loginsOn(6, 1000, { userAgent: 'Tool/1.2 (X)' })]);
    expect(organisation.loginShare('client', 'Tool (X)', NOW_MS)).toBe(1);
    expect(organisation.others('client', 'Tool (X)', when)).toBe(5);
  });

  it('does not count a country behind a network that hides where people are', () => {
    const hidden = { network: { asn: 1, org: null, kinds: ['vpn'] } } as const;
    expect(known([loginsOn(5, 4, hidden)]).others('country', 'DE', when)).toBe(0);
    expect(known([loginsOn(5, 4, hidden)]).others('asn', '1', when)).toBe(4);
  });
});

describe('a tally', () => {
  it('is the same whatever numbers users have and in whatever order they are told of', () => {
    const logins = many(30, (nth) =>
      aSighting({ atMs: NOW_MS, userId: `u${nth}`, ip: `81.2.69.${nth % 3}` }),
    );
    const attempts = numbered(logins);
    const sketch = (tally: ReturnType<typeof tallyOf>) => ({ ...tally, values: { ...tally.values } });
    expect(sketch(tallyOf(attempts.toReversed()))).toEqual(sketch(tallyOf(attempts)));
  });

  it('keeps addresses only where they repeat, and networks only where a norm can be made of them', () => {
    const { values, prefixes } = tallyOf(
      numbered([
        aSighting({ userId: 'a', ip: '81.2.69.1' }),
        aSighting({ userId: 'b', ip: '81.2.69.1' }),
        aSighting({ userId: 'a', ip: '81.2.70.1' }),
        aSighting({ userId: 'a', ip: '81.2.71.1', outcome: 'failure' }),
      ]),
    );
    expect(values.ip).toEqual([['81.2.69.1', 2, []]]);
    expect(prefixes).toEqual([
      ['81.2.69.0/24', 2, 0, 0, 2],
      ['81.2.71.0/24', 0, 1, 1, 0],
    ]);
  });

  it('counts the most users of any hour', () => {
    const at = (hours: number, one: number) => [hours * HOUR, one] as const;
    expect(mostUsersWithin([at(0, 1), at(0.5, 2), at(0.9, 1), at(1.2, 3), at(2.4, 4)], HOUR)).toBe(3);
    expect(mostUsersWithin([], HOUR)).toBe(0);
  });
});

describe('norms', () => {
  it('are the 95th percentile of 30 days, so that one day changes nothing', () => {
    const history = historyOf((ago, noonMs) =>
      many(ago === 5 ? 40 : 3, (nth) => aSighting({ atMs: noonMs + nth, userId: `u${nth}` })),
    );
    expect(history.norm('prefix', '81.2.69.0/24', TODAY)).toMatchObject({
      peak: 3,
      tried: 0,
      failureShare: 0,
    });
    expect(history.hasNorm(TODAY)).toBe(true);
    expect(history.hasNorm(TODAY - 38)).toBe(false);
  });
});

describe('the threshold of unlikely logins', () => {
  it('leaves at most 0.5 % above', () => {
    const scores = many(1000, (nth) => nth / 100);
    const from = unlikelyFrom([countScores(scores)]) ?? 0;
    expect(scores.filter((score) => score >= from).length).toBeLessThanOrEqual(5);
    expect(unlikelyFrom([countScores(many(1000, () => 3))])).toBe(3.25);
  });

  it('is unknown with fewer than 200 scores', () => {
    expect(unlikelyFrom([countScores(many(199, (nth) => nth))])).toBeNull();
    expect(
      unlikelyFrom([countScores(many(150, (nth) => nth)), countScores(many(50, (nth) => nth))]),
    ).not.toBeNull();
  });
});
