import type { Background, Counted } from '../organisation.ts';
import { defaultSettings } from '../settings.ts';
import { unlikelyFrom, type ScoreCounts } from './score-counts.ts';
import { countedFeatures, type DayTally, type NetworkCount } from './tally.ts';
import { DAY_MS, lastSettledDay } from './utc-day.ts';
import { ValueDays } from './value-days.ts';

/** A day of a source as it is kept. */
export type KeptDay = {
  readonly day: number;
  readonly tally: DayTally;
  /** Null: not computed yet. */
  readonly scores: ScoreCounts | null;
};

/** What a network is used to (detections 4.6), from the settled days before one. */
export type NetworkNorm = {
  /** Median share of failures on days on which somebody got in: an attack of some days changes nothing. Null below five such days. */
  readonly failureShare: number | null;
  /** 95th percentile of the accounts with a failure on a day, and of the most users with a login within an hour. */
  readonly tried: number;
  readonly peak: number;
};

const LOOK_BACK_DAYS = defaultSettings.learning.lookBackMs / DAY_MS;
const { normDays: NORM_DAYS } = defaultSettings.organisation;
/** Days with logins that a share of failures needs. Ours: the median of fewer is any of them. */
const SHARE_DAYS = 5;

/** The days of one source, ready to be asked: what a moment's day may know ends two days before it. */
export class History {
  readonly values: Readonly<Record<Counted, ValueDays>>;
  readonly #logins = new Map<number, number>();
  readonly #scores = new Map<number, ScoreCounts>();
  readonly #networks = { prefix: new Map<string, Networks>(), asn: new Map<string, Networks>() };
  readonly #newcomers: readonly Newcomers[];
  readonly #backgrounds = new Map<number, Background | null>();

  /** @param days in order */
  constructor(days: Iterable<KeptDay>, newcomers: readonly Newcomers[]) {
    this.#newcomers = newcomers;
    this.values = Object.fromEntries(countedFeatures.map((feature) => [feature, new ValueDays()])) as Record<
      Counted,
      ValueDays
    >;
    for (const { day, tally, scores } of days) {
      this.#logins.set(day, tally.logins);
      if (scores !== null) this.#scores.set(day, scores);
      for (const feature of countedFeatures) this.values[feature].add(day, tally.values[feature]);
      addNetworks(this.#networks.prefix, day, tally.prefixes);
      addNetworks(this.#networks.asn, day, tally.asns);
    }
  }

  /** Successful logins from one day to another, both included. */
  logins(fromDay: number, toDay: number): number {
    let sum = 0;
    for (let day = fromDay; day <= toDay; day += 1) sum += this.#logins.get(day) ?? 0;
    return sum;
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
    const last = lastSettledDay(day);
    const first = last - NORM_DAYS + 1;
    const known = (this.#networks[kind].get(network) ?? []).filter(
      (each) => each.day >= first && each.day <= last,
    );
    const usual = known.filter(({ count: [, logins] }) => logins > 0);
    const shares = usual.map(({ count: [, logins, failures] }) => failures / (logins + failures));
    return {
      failureShare: usual.length < SHARE_DAYS ? null : quantile(shares, usual.length, 0.5),
      tried: quantile(
        known.map(({ count }) => count[3]),
        NORM_DAYS,
        0.95,
      ),
      peak: quantile(
        known.map(({ count }) => count[4]),
        NORM_DAYS,
        0.95,
      ),
    };
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

type Networks = { readonly day: number; readonly count: NetworkCount }[];

function addNetworks(networks: Map<string, Networks>, day: number, counts: readonly NetworkCount[]): void {
  for (const count of counts) {
    const known = networks.get(count[0]);
    if (known === undefined) networks.set(count[0], [{ day, count }]);
    else known.push({ day, count });
  }
}

/** Nearest rank; what is missing to `size` counts as 0. */
function quantile(values: readonly number[], size: number, share: number): number {
  const rank = Math.ceil(size * share) - 1 - (size - values.length);
  return [...values].sort((a, b) => a - b)[rank] ?? 0;
}
