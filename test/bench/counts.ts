import type { EngineCaller } from '../../src/link/in-process.ts';
import { benchClock } from './bench-clock.ts';
import { startBenchEngine } from './bench-engine.ts';
import { largest, type Benchmark, type Figure, type Target } from './benchmark.ts';
import { percentile, timed } from './measure.ts';
import { MOMENTS } from './population/population.ts';

const ROUNDS = 20;
const USERS = 40;
const target: Target = { better: 'lower', floor: 100, goal: 30 };
/** Filters of both kinds: many rows, and few. */
const FILTERS = ['country:US', 'country:IS', 'state:active', 'browser:Firefox os:Linux'];

type Who = { readonly source: string; readonly userId: string };

/** What a page shows in one number or one picture: counts, the map, one user's life. */
export const counts: Benchmark = {
  name: 'counts',
  async run(bench) {
    const figures: Figure[] = [];
    for (const sessions of bench.sizes) {
      const { engine, call } = await startBenchEngine(
        await bench.database(sessions),
        benchClock(MOMENTS - 1),
      );
      const isTarget = sessions === largest(bench.sizes);
      for (const [what, calls] of await questionsOf(call)) {
        const ms: number[] = [];
        for (const ask of calls) ms.push((await timed(ask)).seconds * 1000);
        figures.push({
          what: `${what}, p95`,
          sessions,
          value: percentile(ms, 0.95),
          unit: 'ms',
          ...(isTarget ? { target } : {}),
          detail: { p50: percentile(ms, 0.5), max: Math.max(...ms), calls: ms.length },
        });
      }
      await engine.stop();
    }
    return figures;
  },
};

type Ask = () => Promise<unknown>;

async function questionsOf(call: EngineCaller): Promise<readonly (readonly [string, readonly Ask[]])[]> {
  const heaviest = await call.users.list({ sort: '-sessions', limit: 1, total: false });
  const ordinary = await call.users.list({ sort: 'userId', limit: USERS, total: false });
  const rounds = (ask: Ask): readonly Ask[] => Array.from({ length: ROUNDS }, () => ask);
  const filtered = (ask: (query: string) => Promise<unknown>): readonly Ask[] =>
    FILTERS.flatMap((query) => rounds(() => ask(query)));
  const history = (who: Who) => () => readHistory(call, who);
  return [
    ['overview', rounds(() => call.overview({ query: '' }))],
    ['overview of a filter', filtered((query) => call.overview({ query }))],
    ['map', rounds(() => call.sessions.map({ query: '' }))],
    ['map of a filter', filtered((query) => call.sessions.map({ query }))],
    ['sources with their counts', rounds(() => call.sources.list())],
    ['whole history of an ordinary user', ordinary.rows.map(history)],
    ['whole history of the busiest user', heaviest.rows.flatMap((who) => rounds(history(who)))],
  ];
}

/** Every session, event and finding of one user, page by page. */
async function readHistory(call: EngineCaller, { source, userId }: Who): Promise<void> {
  const query = `source:${source} userId:"${userId}"`;
  for (const list of ['sessions', 'events', 'findings'] as const) {
    let cursor: string | null = null;
    do cursor = (await call[list].list({ query, limit: 500, cursor, total: false })).next;
    while (cursor !== null);
  }
}
