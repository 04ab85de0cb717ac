import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bareInsert } from './bare-insert.ts';
import { runningBenchClock } from './bench-clock.ts';
import { pollAll, startBenchEngine } from './bench-engine.ts';
import { largest, type Bench, type Benchmark, type Figure } from './benchmark.ts';
import { startFarSide, type FarSide } from './far-side.ts';
import { median, timed } from './measure.ts';
import { sourceConfigs } from './population/rows.ts';

/** Below this size a run is short enough to be made three times. */
const LARGE = 500_000;
const WARM_UP = 2_000;

type Run = { readonly engineSeconds: number; readonly bareSeconds: number };

/**
 * A first poll of an empty data directory over HTTP, through validation, enrichment, store and rules, against bare
 * inserts of the very rows it made; and what a row costs as they become more.
 */
export const ingest: Benchmark = {
  name: 'ingest',
  async run(bench) {
    const farSide = startFarSide();
    try {
      await firstIngest(bench, farSide, WARM_UP);
      const measured: { sessions: number; runs: readonly Run[]; alone: number | null }[] = [];
      for (const sessions of bench.sizes) {
        const runs: Run[] = [];
        for (let round = 0; round < (sessions >= LARGE ? 1 : 3); round += 1) {
          bench.say(`first ingest of ${sessions}, round ${round + 1}`);
          runs.push(await firstIngest(bench, farSide, sessions));
        }
        const alone = sessions === largest(bench.sizes) ? await listingAlone(bench, farSide, sessions) : null;
        measured.push({ sessions, runs, alone });
      }
      return [...measured.map((each) => shareOf(each, largest(bench.sizes))), ...growth(measured)];
    } finally {
      await farSide.close();
    }
  },
};

async function firstIngest(bench: Bench, farSide: FarSide, sessions: number): Promise<Run> {
  const dataDir = bench.folder('first-ingest');
  const { url, pages } = await farSide.show({ sessions, moment: 0 });
  const { engine, call } = await startBenchEngine(dataDir, runningBenchClock(0));
  await call.sources.import({ file: { sources: sourceConfigs(url) } });
  await call.geoip.status();
  const { seconds, answer } = await timed(() => pollAll({ call }));
  await engine.stop();
  const listed = answer.reduce((sum, report) => sum + report.sessions, 0);
  if (listed !== sessions) throw new Error(`${listed} sessions came of ${sessions}.`);
  const bareSeconds = bareInsert(join(dataDir, 'sessionscope.db'), bench.folder('bare'), pages);
  rmSync(dataDir, { recursive: true });
  return { engineSeconds: seconds, bareSeconds };
}

/** Reads the listings through the adapters and throws them away: what HTTP and validation take of the whole. */
async function listingAlone(bench: Bench, farSide: FarSide, sessions: number): Promise<number> {
  const { url } = await farSide.show({ sessions, moment: 0 });
  const { engine, call } = await startBenchEngine(bench.folder('listing-alone'), runningBenchClock(0));
  await call.sources.import({ file: { sources: sourceConfigs(url) } });
  const { seconds } = await timed(async () => {
    for await (const test of await call.sources.test({ ids: null })) {
      if (!test.ok) throw new Error(`${test.source} could not be listed: ${test.error?.message ?? ''}`);
    }
  });
  await engine.stop();
  return seconds;
}

type Measured = { readonly sessions: number; readonly runs: readonly Run[]; readonly alone: number | null };

function shareOf({ sessions, runs, alone }: Measured, ofTargets: number): Figure {
  const share = median(runs.map(({ engineSeconds, bareSeconds }) => bareSeconds / engineSeconds));
  return {
    what: 'first ingest, of the rows/s of a bare insert',
    sessions,
    value: share,
    unit: '×',
    ...(sessions === ofTargets ? { target: { better: 'higher', floor: 0.25, goal: 0.5 } } : {}),
    detail: {
      engineRowsPerSecond: Math.round(sessions / median(runs.map(({ engineSeconds }) => engineSeconds))),
      bareRowsPerSecond: Math.round(sessions / median(runs.map(({ bareSeconds }) => bareSeconds))),
      ...(alone === null ? {} : { listingAloneRowsPerSecond: Math.round(sessions / alone) }),
    },
  };
}

/** Cost of a row at the largest size against the one before. */
function growth(measured: readonly Measured[]): readonly Figure[] {
  const [small, large] = measured.slice(-2);
  if (small === undefined || large === undefined) return [];
  const costOf = (each: Measured, of: keyof Run) => median(each.runs.map((run) => run[of])) / each.sessions;
  return [
    {
      what: `cost of an ingested row against that at ${small.sessions}`,
      sessions: large.sessions,
      value: costOf(large, 'engineSeconds') / costOf(small, 'engineSeconds'),
      unit: '×',
      target: { better: 'lower', floor: 1.3, goal: 1.1 },
      detail: { bareInsertGrowth: costOf(large, 'bareSeconds') / costOf(small, 'bareSeconds') },
    },
  ];
}
