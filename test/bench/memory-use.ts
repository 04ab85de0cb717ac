import { benchClock } from './bench-clock.ts';
import { pollAll, startBenchEngine } from './bench-engine.ts';
import { largest, type Bench, type Benchmark, type Figure } from './benchmark.ts';
import { startFarSide, type FarSide } from './far-side.ts';
import { memory, timed } from './measure.ts';
import { MOMENTS } from './population/population.ts';
import { sourceConfigs } from './population/rows.ts';

const PAGES = 200;

/** What an engine holds with GeoIP open, after it polled everything and showed many pages. */
export const memoryUse: Benchmark = {
  name: 'memory',
  async run(bench) {
    const farSide = startFarSide();
    try {
      return [await afterWork(bench, farSide, largest(bench.sizes))];
    } finally {
      await farSide.close();
    }
  },
};

async function afterWork(bench: Bench, farSide: FarSide, sessions: number): Promise<Figure> {
  const dataDir = await bench.copyOf(sessions);
  const moment = MOMENTS - 1;
  const { url } = await farSide.show({ sessions, moment });
  const { engine, call } = await startBenchEngine(dataDir, benchClock(moment));
  try {
    await call.sources.import({ file: { sources: sourceConfigs(url) } });
    await call.geoip.status();
    const withGeoip = memory();
    bench.say('poll of all');
    const { seconds } = await timed(() => pollAll({ call }));
    const afterPoll = memory();
    for (let page = 0, cursor: string | null = null; page < PAGES; page += 1) {
      const list = await call.sessions.list({ cursor, total: false });
      await call.events.list({ query: `user:${list.rows[0]?.userId ?? ''}`, total: false });
      cursor = list.next;
    }
    await call.overview({ query: '' });
    await call.sessions.map({ query: '' });
    const { totalMb, anonMb, fileMb } = memory();
    return {
      what: 'memory of the engine with GeoIP, after a poll and many pages',
      sessions,
      value: totalMb,
      unit: 'MB',
      target: { better: 'lower', floor: 600, goal: 350 },
      detail: {
        anonymousMb: anonMb ?? 'unknown',
        ofFilesMb: fileMb ?? 'unknown',
        withGeoipOnlyMb: withGeoip.totalMb,
        afterPollMb: afterPoll.totalMb,
        pollSeconds: seconds,
      },
    };
  } finally {
    await engine.stop();
  }
}
