import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { openReader } from '../../src/engine/store/database.ts';
import type { EngineCaller } from '../../src/link/in-process.ts';
import { benchClock, runningBenchClock } from './bench-clock.ts';
import { pollAll, startBenchEngine } from './bench-engine.ts';
import { largest, shortCount, type Bench, type Benchmark, type Figure, type Target } from './benchmark.ts';
import { startFarSide } from './far-side.ts';
import { listQuestions, lists, type ListQuestion } from './list-requests.ts';
import { percentile, timed } from './measure.ts';
import { MOMENTS } from './population/population.ts';
import { sourceConfigs } from './population/rows.ts';

/** A page as the table asks for it. */
const PAGE = 200;
/** Pages read to get to a deep one; without a filter they are the largest there are. */
const HOPS = 4;
const HOPS_UNFILTERED = 20;
/** Longest time spent on one list, by whether the database is large; questions come in an order by chance. */
const SECONDS = { small: 20, large: 40 };
const LARGE = 500_000;
const SLOWEST = 10;

const alone: Target = { better: 'lower', floor: 50, goal: 16 };
const whileIngesting: Target = { better: 'lower', floor: 100, goal: 16 };

type Timing = { readonly question: ListQuestion; readonly page: 'first' | 'deep'; readonly ms: number };

/** Any page of any list, filtered and sorted by anything offered. */
export const listing: Benchmark = {
  name: 'lists',
  async run(bench) {
    const figures: Figure[] = [];
    for (const sessions of bench.sizes) {
      const { engine, call } = await startBenchEngine(
        await bench.database(sessions),
        benchClock(MOMENTS - 1),
      );
      const timings: Timing[] = [];
      const coverage: string[] = [];
      for (const list of lists) {
        const questions = await listQuestions(call, list, await someKeys(bench, sessions));
        const asked = await askFor(
          sessions >= LARGE ? SECONDS.large : SECONDS.small,
          call,
          questions,
          timings,
        );
        coverage.push(`${list} ${asked} of ${questions.length}`);
        bench.say(`${shortCount(sessions)}: ${list}, ${asked} of ${questions.length} questions`);
      }
      await engine.stop();
      const isTarget = sessions === largest(bench.sizes);
      figures.push(
        ...figuresOf(timings, sessions, 'any page of any list', isTarget ? alone : undefined, coverage),
      );
    }
    return figures;
  },
};

/** The same while another poll is written, in which every session changed. */
export const busyListing: Benchmark = {
  name: 'busy-lists',
  run: (bench) => duringIngest(bench, largest(bench.sizes)),
};

/** Asks one question after the other until they or the time are used up; answers how many were asked. */
async function askFor(
  seconds: number,
  call: EngineCaller,
  questions: readonly ListQuestion[],
  timings: Timing[],
): Promise<number> {
  const endMs = performance.now() + seconds * 1000;
  let asked = 0;
  for (const question of questions) {
    if (performance.now() > endMs) break;
    timings.push(...(await ask(call, question)));
    asked += 1;
  }
  return asked;
}

async function ask(call: EngineCaller, question: ListQuestion): Promise<readonly Timing[]> {
  const { list, query, sort } = question;
  const page = async (cursor: string | null, limit = PAGE): Promise<{ next: string | null }> =>
    call[list].list({ query, sort, limit, cursor, total: false });
  const first = await timed(() => page(null));
  const timings: Timing[] = [{ question, page: 'first', ms: first.seconds * 1000 }];
  let cursor = first.answer.next;
  const hops = query === '' ? HOPS_UNFILTERED : HOPS;
  for (let hop = 1; hop < hops && cursor !== null; hop += 1) {
    cursor = (await page(cursor, query === '' ? 500 : PAGE)).next;
  }
  if (cursor === null) return timings;
  const deep = await timed(() => page(cursor));
  return [...timings, { question, page: 'deep', ms: deep.seconds * 1000 }];
}

/** The same questions while every session of the company is told of anew, each with another address. */
async function duringIngest(bench: Bench, sessions: number): Promise<readonly Figure[]> {
  const dataDir = await bench.copyOf(sessions);
  const farSide = startFarSide();
  const { url } = await farSide.show({ sessions, moment: MOMENTS });
  const { engine, call } = await startBenchEngine(dataDir, runningBenchClock(MOMENTS));
  try {
    await call.sources.import({ file: { sources: sourceConfigs(url) } });
    await call.geoip.status();
    const questions = (
      await Promise.all(lists.map(async (list) => listQuestions(call, list, await someKeys(bench, sessions))))
    ).map((each) => each.values());
    bench.say(`${shortCount(sessions)}: questions while a poll is written`);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const ingest = watched(timed(() => pollAll({ call })));
    const timings: Timing[] = [];
    for (let turn = 0; !ingest.isDone(); turn += 1) {
      const next = questions[turn % questions.length]?.next();
      if (next === undefined || next.done === true) break;
      timings.push(...(await ask(call, next.value)));
    }
    const { seconds } = await ingest.end;
    delay.disable();
    return figuresOf(timings, sessions, 'any page while a poll is written', whileIngesting, [
      `poll of ${Math.round(seconds)} s, longest stall of the event loop ${Math.round(delay.max / 1e6)} ms`,
    ]);
  } finally {
    await engine.stop();
    await farSide.close();
  }
}

function watched<T>(work: Promise<T>): { isDone: () => boolean; end: Promise<T> } {
  let isDone = false;
  const end = work.finally(() => (isDone = true));
  // Whoever awaits `end` gets its error; until then it must not count as unhandled.
  end.catch(() => undefined);
  return { isDone: () => isDone, end };
}

function figuresOf(
  timings: readonly Timing[],
  sessions: number,
  what: string,
  target: Target | undefined,
  notes: readonly string[],
): readonly Figure[] {
  const ms = timings.map((timing) => timing.ms);
  const p95 = (of: (timing: Timing) => boolean) =>
    percentile(
      timings.filter(of).map((timing) => timing.ms),
      0.95,
    );
  return [
    {
      what: `${what}, p95`,
      sessions,
      value: percentile(ms, 0.95),
      unit: 'ms',
      ...(target === undefined ? {} : { target }),
      detail: {
        p50: percentile(ms, 0.5),
        max: Math.max(...ms),
        first: p95(({ page }) => page === 'first'),
        deep: p95(({ page }) => page === 'deep'),
        ...Object.fromEntries(lists.map((list) => [list, p95(({ question }) => question.list === list)])),
        pages: timings.length,
      },
      notes: [...notes, ...(target === undefined ? [] : slowest(timings))],
    },
  ];
}

function slowest(timings: readonly Timing[]): readonly string[] {
  return timings
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST)
    .map(({ question: { list, query, sort }, page, ms }) => {
      const text = query.length > 80 ? `${query.slice(0, 80)}…` : query;
      return `${ms.toFixed(1)} ms  ${list}  ${text === '' ? '(no filter)' : text}  by ${sort ?? 'default'}, ${page} page`;
    });
}

/** Keys of sessions that are spread evenly over the table. */
async function someKeys(bench: Bench, sessions: number): Promise<readonly string[]> {
  const db = openReader(join(await bench.database(sessions), 'sessionscope.db'));
  const keys = db
    .prepare<[number], string>('SELECT key_text(key) FROM session WHERE id % ? = 0')
    .pluck()
    .all(Math.ceil(sessions / 2_000));
  db.close();
  return keys;
}
