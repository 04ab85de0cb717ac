import { clientMark } from '../client.ts';
import type { FactsUser } from '../facts.ts';
import type { Organisation, SharedFeature } from '../organisation.ts';
import { defaultSettings } from '../settings.ts';
import type { History } from './history.ts';
import { lastSettledDay, utcDay } from './utc-day.ts';

const { matureAfterDays, enoughOthers, normDays, minLogins } = defaultSettings.organisation;

export type KnownDays = {
  /** The days of every source, by its id. */
  readonly histories: () => ReadonlyMap<string, History>;
  /** Those of one, without looking at the others'. */
  readonly historyOf: (source: string) => History;
  /** The numbers by which days name users. */
  readonly numberOf: (user: FactsUser) => number | null;
  /** Day of a user's first login; null when none was counted. */
  readonly firstDayOf: (user: number) => number | null;
};

/** What everybody did, from the days that are kept. */
export function organisationOfDays({ histories, historyOf, numberOf, firstDayOf }: KnownDays): Organisation {
  const isMature = (user: number, day: number) => {
    const firstDay = firstDayOf(user);
    return firstDay !== null && firstDay <= day - matureAfterDays;
  };
  return {
    others(feature, value, { atMs, days, except }) {
      const day = utcDay(atMs);
      const last = lastSettledDay(day);
      const first = last - days + 1;
      const known = [...histories().values()].filter((history) => history.logins(first, last) > 0);
      if (known.length === 0) return null;
      const key = keyOf(feature, value);
      const excepted = new Set(except.map(numberOf));
      const span = { fromDay: first, toDay: last, most: enoughOthers };
      const counts = known.map((history) =>
        history.values[feature].countUsers(key, span, (user) => !excepted.has(user) && isMature(user, day)),
      );
      return Math.max(...counts);
    },
    loginShare: (feature, value, atMs) => shareOf(histories(), feature, keyOf(feature, value), utcDay(atMs)),
    background: (source, atMs) => historyOf(source).background(utcDay(atMs)),
  };
}

/** See `Organisation.loginShare`; the value is named as days name it: a client by its mark. */
export function shareOf(
  histories: ReadonlyMap<string, History>,
  feature: SharedFeature,
  key: string,
  day: number,
): number | null {
  const last = lastSettledDay(day);
  const first = last - normDays + 1;
  let [logins, all] = [0, 0];
  for (const history of histories.values()) {
    logins += history.values[feature].logins(key, first, last);
    all += history.logins(first, last);
  }
  return all < minLogins ? null : logins / all;
}

function keyOf(feature: SharedFeature, value: string): string {
  return feature === 'client' ? clientMark(value) : value;
}
