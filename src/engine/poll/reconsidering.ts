import { isDeepStrictEqual } from 'node:util';
import { utcDay } from '../detect/days/utc-day.ts';
import { defaultSettings } from '../detect/settings.ts';
import type { Reconsidered } from '../store/judgement.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { ToJudge } from './judge-portions.ts';
import type { Judged } from './judged.ts';

/** So many users are judged at once whatever else goes on; more of them wait for quiet, and for an hour after the last time. */
export const FEW_USERS = 2_000;
const HOUR_MS = 3_600_000;

export type ReconsideringDeps = {
  readonly read: Pick<StoreReader, 'reconsidered' | 'usersSince'>;
  /** Whether nothing is under way that tells more of the same days, or judges what rests on them. */
  readonly isQuiet: () => boolean;
};

/** Says what is to be judged again because days that it rests on were counted (anew) since. */
export class Reconsidering {
  readonly #deps: ReconsideringDeps;
  #nextLargeMs = -Infinity;
  #postponedMs: number | null = null;

  constructor(deps: ReconsideringDeps) {
    this.#deps = deps;
  }

  /**
   * @param known what was to be reconsidered before `judged` was judged: days that were counted later were not known to it
   * @returns null: nothing, or not now
   */
  async due(
    known: Reconsidered,
    judged: Judged,
    nowMs: number,
  ): Promise<{ readonly toJudge: ToJudge; readonly reconsidered: Reconsidered } | null> {
    const { read } = this.#deps;
    const reconsidered = await read.reconsidered();
    const { fromDay } = reconsidered;
    if (fromDay === null) return null;
    const isLate = fromDay < utcDay(nowMs);
    if (isLate && !this.#mayBeMany(nowMs)) return null;
    const all = { users: await read.usersSince(fromDay), days: daysOf(reconsidered, nowMs) };
    const toJudge = isDeepStrictEqual(reconsidered, known) ? judged.missing(all) : all;
    if (isLate && toJudge.users.length > FEW_USERS) this.#nextLargeMs = nowMs + HOUR_MS;
    return { toJudge, reconsidered };
  }

  /** Where one source or another is always being listed, it is never quiet: an hour is enough. */
  #mayBeMany(nowMs: number): boolean {
    if (nowMs < this.#nextLargeMs) return false;
    this.#postponedMs ??= nowMs;
    if (!this.#deps.isQuiet() && nowMs < this.#postponedMs + HOUR_MS) return false;
    this.#postponedMs = null;
    return true;
  }
}

function daysOf({ days }: Reconsidered, nowMs: number): ToJudge['days'] {
  const firstDay = utcDay(nowMs - defaultSettings.judgedMs);
  return days.flatMap(({ source, fromDay }) =>
    daysFrom(Math.max(fromDay, firstDay), utcDay(nowMs)).map((day) => ({ source, day })),
  );
}

/** Both included. */
function daysFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
