import { defaultSettings } from '../settings.ts';
import { DayRowsBuilder, type DayRows } from './day-rows.ts';
import type { NetworkCount } from './tally.ts';
import { lastSettledDay } from './utc-day.ts';

/** What a network is used to (detections 4.6), from the settled days before one. */
export type NetworkNorm = {
  /** Median share of failures on days on which somebody got in: an attack of some days changes nothing. Null below five such days. */
  readonly failureShare: number | null;
  /** 95th percentile of the accounts with a failure on a day, and of the most users with a login within an hour. */
  readonly tried: number;
  readonly peak: number;
};

/** Columns of a network on a day, as in `NetworkCount`. */
const [LOGINS, FAILURES, TRIED, PEAK] = [0, 1, 2, 3];
const COLUMNS = 4;

const { normDays: NORM_DAYS } = defaultSettings.organisation;
/** Days with logins that a share of failures needs. Ours: the median of fewer is any of them. */
const SHARE_DAYS = 5;

/** What happened on each network, by day. */
export class NetworkDays {
  readonly #days: DayRows;
  readonly #busy: ReadonlyMap<number, readonly string[]>;

  constructor(days: DayRows, busy: ReadonlyMap<number, readonly string[]>) {
    this.#days = days;
    this.#busy = busy;
  }

  /** Networks with more than half a crowd's users within an hour of a day. */
  busyOn(day: number): readonly string[] {
    return this.#busy.get(day) ?? [];
  }

  /** The most users with a login within an hour of a day; 0 where nothing was kept. */
  peak(network: string, day: number): number {
    const [first, behind] = this.#days.between(network, day, day);
    return first === behind ? 0 : this.#days.at(first, PEAK);
  }

  norm(network: string, day: number): NetworkNorm {
    const last = lastSettledDay(day);
    const [first, behind] = this.#days.between(network, last - NORM_DAYS + 1, last);
    const known = Array.from({ length: behind - first }, (_, index) => first + index);
    const column = (name: number) => known.map((row) => this.#days.at(row, name));
    const logins = column(LOGINS);
    const shares = column(FAILURES)
      .map((failures, at) => failures / (failures + (logins[at] ?? 0)))
      .filter((_, at) => (logins[at] ?? 0) > 0);
    return {
      failureShare: shares.length < SHARE_DAYS ? null : quantile(shares, shares.length, 0.5),
      tried: quantile(column(TRIED), NORM_DAYS, 0.95),
      peak: quantile(column(PEAK), NORM_DAYS, 0.95),
    };
  }
}

/** Takes what was counted in the order of days. */
export class NetworkDaysBuilder {
  readonly #days = new DayRowsBuilder(COLUMNS);
  readonly #busy = new Map<number, readonly string[]>();

  add(day: number, counts: readonly NetworkCount[]): void {
    for (const [network, ...columns] of counts) this.#days.add(network, day, ...columns);
    const busy = counts.filter(([, , , , peak]) => peak > defaultSettings.crowd.users / 2);
    if (busy.length > 0)
      this.#busy.set(
        day,
        busy.map(([network]) => network),
      );
  }

  build(): NetworkDays {
    return new NetworkDays(this.#days.build(), this.#busy);
  }
}

/** Nearest rank; what is missing to `size` counts as 0. */
function quantile(values: readonly number[], size: number, share: number): number {
  const rank = Math.ceil(size * share) - 1 - (size - values.length);
  return [...values].sort((a, b) => a - b)[rank] ?? 0;
}
