import type { Background, Counted } from '../organisation.ts';
import { defaultSettings } from '../settings.ts';
import { lowerBound } from '../sorted-times.ts';
import { NetworkDaysBuilder, type NetworkDays, type NetworkNorm } from './network-days.ts';
import { unlikelyFrom, type ScoreCounts } from './score-counts.ts';
import { countedFeatures, type DayTally } from './tally.ts';
import { DAY_MS, lastSettledDay } from './utc-day.ts';
import { ValueDaysBuilder, type ValueDays } from './value-days.ts';

/** A day of a source as it is kept. */
export type KeptDay = {
  readonly day: number;
  readonly tally: DayTally;
  /** Null: not computed yet. */
  readonly scores: ScoreCounts | null;
};

const LOOK_BACK_DAYS = defaultSettings.learning.lookBackMs / DAY_MS;
const { normDays: NORM_DAYS } = defaultSettings.organisation;

/** The days of one source, ready to be asked: what a moment's day may know ends two days before it. */
export class History {
  readonly values: Readonly<Record<Counted, ValueDays>>;
  readonly #logins = new Map<number, number>();
  readonly #days: number[] = [];
  /** The logins of all the days before each of these, and of all of them. */
  readonly #sums: number[] = [0];
  readonly #scores = new Map<number, ScoreCounts>();
  readonly #networks: Readonly<Record<'prefix' | 'asn', NetworkDays>>;
  readonly #newcomers: readonly Newcomers[];
  readonly #backgrounds = new Map<number, Background | null>();

  /** @param days in order */
  constructor(days: Iterable<KeptDay>, newcomers: readonly Newcomers[]) {
    this.#newcomers = newcomers;
    const values = forEachFeature(() => new ValueDaysBuilder());
    const networks = { prefix: new NetworkDaysBuilder(), asn: new NetworkDaysBuilder() };
    for (const { day, tally, scores } of days) {
      this.#logins.set(day, tally.logins);
      this.#days.push(day);
      this.#sums.push((this.#sums.at(-1) ?? 0) + tally.logins);
      if (scores !== null) this.#scores.set(day, scores);
      for (const feature of countedFeatures) values[feature].add(day, tally.values[feature]);
      networks.prefix.add(day, tally.prefixes);
      networks.asn.add(day, tally.asns);
    }
    this.values = forEachFeature((feature) => values[feature].build());
    this.#networks = { prefix: networks.prefix.build(), asn: networks.asn.build() };
  }

  /** Successful logins from one day to another, both included. */
  logins(fromDay: number, toDay: number): number {
    return this.#loginsUntil(toDay + 1) - this.#loginsUntil(fromDay);
  }

  /** Of all days before one. */
  #loginsUntil(day: number): number {
    return this.#sums[lowerBound(this.#days, day)] ?? 0;
  }

  /** Whether a norm can be taken from the settled days before a day. */
  hasNorm(day: number): boolean {
    const last = lastSettledDay(day);
    let days = 0;
    for (let each = last - NORM_DAYS + 1; each <= last; each += 1)
      days += Number((this.#logins.get(each) ?? 0) > 0);
    return days >= defaultSettings.organisation.minNormDays;
  }

  norm(kind: 'prefix' | 'asn', network: string, day: number): NetworkNorm {
    return this.#networks[kind].norm(network, day);
  }

  /** Prefixes that had so many users within an hour of a day, or of the one before, that both days together may be a crowd. */
  crowded(day: number): readonly string[] {
    const { prefix } = this.#networks;
    return [...new Set([...prefix.busyOn(day - 1), ...prefix.busyOn(day)])];
  }

  /** The most users that logged in from a prefix within an hour of a day, or more; one where nothing is kept of it. */
  mostUsers(prefix: string, day: number): number {
    return Math.max(1, this.#networks.prefix.peak(prefix, day));
  }

  /** See `Organisation.background`. */
  background(day: number): Background | null {
    const known = this.#backgrounds.get(day);
    if (known !== undefined) return known;
    const made = this.#background(day);
    this.#backgrounds.set(day, made);
    return made;
  }

  #background(day: number): Background | null {
    const last = lastSettledDay(day);
    const first = last - LOOK_BACK_DAYS + 1;
    const logins = this.logins(first, last);
    if (logins === 0) return null;
    const distinct = new Map<Counted, number>();
    const scores: ScoreCounts[] = [];
    for (let each = last - NORM_DAYS + 1; each <= last; each += 1) scores.push(this.#scores.get(each) ?? []);
    return {
      logins,
      users: this.#newcomers.reduce((sum, [since, users]) => (since <= last ? sum + users : sum), 0),
      count: (feature, value) => this.values[feature].logins(value, first, last),
      distinct: (feature) => {
        const count = distinct.get(feature) ?? this.values[feature].distinct(first, last);
        distinct.set(feature, count);
        return count;
      },
      unlikelyFrom: unlikelyFrom(scores),
    };
  }
}

/** Users of a source by the day on which they were first seen to log in. */
export type Newcomers = readonly [firstDay: number, users: number];

function forEachFeature<T>(make: (feature: Counted) => T): Readonly<Record<Counted, T>> {
  return Object.fromEntries(countedFeatures.map((feature) => [feature, make(feature)])) as Record<Counted, T>;
}
