import { setImmediate as otherWork } from 'node:timers/promises';
import { DAY_MS } from '../detect/days/utc-day.ts';
import { defaultSettings } from '../detect/settings.ts';
import type { Clock } from '../host.ts';
import type { Judge, JudgeInTurn, News, Touched, TouchedDay } from '../store/judgement.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { Store } from '../store/store.ts';
import { compareText } from '../text-order.ts';
import { judgePortions } from './judge-portions.ts';
import { Judged } from './judged.ts';
import { Reconsidering } from './reconsidering.ts';

export type JudgeDeps = {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly onFindings: () => void;
  /** Called with the ids of findings that later facts explained. */
  readonly onWithdrawn?: (ids: readonly string[]) => Promise<void>;
  /** Whether no listing is under way that may tell more of the same days; it is always quiet when left out. */
  readonly isQuiet?: () => boolean;
};

/**
 * Runs the rules over what was touched: days of sources, then users, who are held against what everybody did on the days that are
 * settled. Findings already known add nothing. Where more is known of days that other findings rest on, those are judged again, so that what is
 * stored is what judging everything at once would find.
 */
export function createJudge({ store, clock, onFindings, onWithdrawn, isQuiet = () => true }: JudgeDeps): {
  readonly judge: Judge;
  readonly judgeInTurn: JudgeInTurn;
} {
  const { read, write } = store;
  let underWay = 0;
  // Of several runs the last one to end looks at what rests on the same days: by then the others have judged their part of it.
  const reconsidering = new Reconsidering({ read, isQuiet: () => underWay === 1 && isQuiet() });

  async function* judgeInTurn(parts: readonly Touched[]): AsyncGenerator<number> {
    underWay += 1;
    try {
      if (write === null) yield* parts.map(() => 0);
      else yield* judged(write, parts);
    } finally {
      underWay -= 1;
    }
  }

  async function* judged(write: StoreWriter, parts: readonly Touched[]): AsyncGenerator<number> {
    await settleAll(write, clock);
    const known = await read.reconsidered();
    const done = new Judged();
    for (const [nth, part] of parts.entries()) {
      const isLast = nth === parts.length - 1;
      const saved = { added: 0, written: 0 };
      const save = async ({ found, withdrawn, entriesAsOf }: News) => {
        // Where the store has no threads of its own, answers come before anything else gets its turn.
        await otherWork();
        if (found.length + withdrawn.length === 0) return true;
        const counts = await write.saveFindings(found, withdrawn, clock.now(), entriesAsOf);
        if (counts === null) return false;
        saved.added += counts.added;
        saved.written += counts.added + counts.changed + counts.withdrawn.length;
        if (counts.withdrawn.length > 0) await onWithdrawn?.(counts.withdrawn);
        return true;
      };
      const toJudge = { users: [...part.users], days: withTheNext(part.days, clock.now()) };
      await judgePortions(read, toJudge, save);
      done.add(toJudge);
      const also = isLast ? await reconsidering.due(known, done, clock.now()) : null;
      if (also !== null) {
        await judgePortions(read, also.toJudge, save);
        await write.concludeReconsidered(also.reconsidered);
      }
      if (saved.written > 0) {
        await save(await read.judgeCampaigns());
        onFindings();
      }
      yield saved.added;
    }
  }

  return {
    judgeInTurn,
    async judge(users, days = []) {
      let added = 0;
      for await (const some of judgeInTurn([{ users, days }])) added += some;
      return added;
    },
  };
}

async function settleAll(write: StoreWriter, clock: Pick<Clock, 'now'>): Promise<void> {
  while (!(await write.settleDays(clock.now())).done) await otherWork();
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
