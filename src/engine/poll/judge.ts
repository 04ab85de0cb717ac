import { setImmediate as otherWork } from 'node:timers/promises';
import { DAY_MS, utcDay } from '../detect/days/utc-day.ts';
import { defaultSettings } from '../detect/settings.ts';
import type { Clock } from '../host.ts';
import type { Judge, TouchedDay } from '../store/judgement.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { Store } from '../store/store.ts';
import { judgePortions, type News } from './judge-portions.ts';
import { compareText } from '../text-order.ts';

/** So many users are judged again at once when more is known of everybody; more of them once an hour. */
const FEW_USERS = 2_000;
const HOUR_MS = 3_600_000;

export type JudgeDeps = {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly onFindings: () => void;
  /** Called with the ids of findings that later facts explained. */
  readonly onWithdrawn?: (ids: readonly string[]) => Promise<void>;
};

/**
 * Runs the rules over what was touched: days of sources, then users, who are held against what everybody did on the days that are
 * settled. Findings already known add nothing. Where more is known of days that other findings rest on, those are judged again, so that what is
 * stored is what judging everything at once would find.
 */
export function createJudge({ store, clock, onFindings, onWithdrawn }: JudgeDeps): Judge {
  const { read, write } = store;
  let nextLargeMs = -Infinity;

  return async (touched, days = [], { isMore = false } = {}) => {
    if (write === null) return 0;
    const saved = { added: 0, written: 0 };
    const save = async ({ found, withdrawn }: News) => {
      // Where the store has no threads of its own, answers come before anything else gets its turn.
      await otherWork();
      if (found.length + withdrawn.length === 0) return;
      const counts = await write.saveFindings(found, withdrawn, clock.now());
      saved.added += counts.added;
      saved.written += counts.added + counts.changed + counts.withdrawn.length;
      if (counts.withdrawn.length > 0) await onWithdrawn?.(counts.withdrawn);
    };
    await settleAll(write, clock);
    await judgePortions(read, { days: withTheNext(days, clock.now()), users: [...touched] }, save);
    if (!isMore) await reconsider(touched, save);
    if (saved.written > 0) {
      await save(await read.judgeCampaigns());
      onFindings();
    }
    return saved.added;
  };

  /** What rests on days that were counted (anew) since it was judged. */
  async function reconsider(judged: ReadonlySet<number>, save: Save): Promise<void> {
    const reconsidered = await read.reconsidered();
    const nowMs = clock.now();
    if (write === null || reconsidered.fromDay === null) return;
    const isLate = reconsidered.fromDay < utcDay(nowMs);
    if (isLate && nowMs < nextLargeMs) return;
    const users = (await read.usersSince(reconsidered.fromDay)).filter((user) => !judged.has(user));
    if (isLate && users.length > FEW_USERS) nextLargeMs = nowMs + HOUR_MS;
    const firstDay = utcDay(nowMs - defaultSettings.judgedMs);
    const days = reconsidered.days.flatMap(({ source, fromDay }) =>
      daysFrom(Math.max(fromDay, firstDay), utcDay(nowMs)).map((day) => ({ source, day })),
    );
    await judgePortions(read, { days, users }, save);
    await write.concludeReconsidered(reconsidered);
  }
}

type Save = (news: News) => Promise<void>;

async function settleAll(write: StoreWriter, clock: Pick<Clock, 'now'>): Promise<void> {
  while (!(await write.settleDays(clock.now())).done) await otherWork();
}

/** Both included. */
function daysFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** Each day and the one after it, whose first 24 hours look back on it; none that is not judged any more. In the order of sources. */
function withTheNext(days: readonly TouchedDay[], nowMs: number): readonly TouchedDay[] {
  const firstMs = nowMs - defaultSettings.judgedMs;
  const all = days.flatMap(({ source, day }) => [
    { source, day },
    { source, day: day + 1 },
  ]);
  const unique = new Map(all.map((each) => [JSON.stringify([each.source, each.day]), each]));
  return [...unique.values()]
    .filter(({ day }) => (day + 1) * DAY_MS > firstMs)
    .sort((a, b) => compareText(a.source, b.source));
}
