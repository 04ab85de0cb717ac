import { fork } from 'node:child_process';
import { once } from 'node:events';
import { asBuilt } from './as-built.ts';
import { geoipDir } from './bench-engine.ts';
import { largest, type Bench, type Benchmark, type Figure } from './benchmark.ts';
import { startFarSide, type FarSide } from './far-side.ts';
import type { MemoryReport } from './memory-process.ts';
import { MOMENTS } from './population/population.ts';

/** What an engine holds with GeoIP open: at most while it polls and judges everything, and after that and many pages. */
export const memoryUse: Benchmark = {
  name: 'memory',
  async run(bench) {
    const farSide = startFarSide();
    try {
      return await atWork(bench, farSide, largest(bench.sizes));
    } finally {
      await farSide.close();
    }
  },
};

async function atWork(bench: Bench, farSide: FarSide, sessions: number): Promise<readonly Figure[]> {
  const dataDir = await bench.copyOf(sessions);
  const built = await asBuilt(bench.folder('built'));
  const moment = MOMENTS - 1;
  const { url } = await farSide.show({ sessions, moment });
  bench.say('poll of all, then pages');
  const report = await reportOf(built.program('memory-process'), [
    dataDir,
    geoipDir(),
    built.storeThread,
    url,
    String(moment),
  ]);
  const { withGeoip, afterPoll, pollSeconds, highestMb, atEnd } = report;
  const bounds = { sessions, unit: 'MB', target: { better: 'lower', floor: 600, goal: 350 } } as const;
  return [
    {
      ...bounds,
      what: 'memory of the engine with GeoIP, ten seconds after a poll and many pages',
      value: atEnd.totalMb,
      detail: {
        anonymousMb: atEnd.anonMb ?? 'unknown',
        ofFilesMb: atEnd.fileMb ?? 'unknown',
        withGeoipOnlyMb: withGeoip.totalMb,
        afterPollMb: afterPoll.totalMb,
        pollSeconds,
      },
    },
    {
      ...bounds,
      what: 'the most of it while everything is polled and judged',
      value: highestMb,
      detail: {},
    },
  ];
}

async function reportOf(program: string, args: readonly string[]): Promise<MemoryReport> {
  const child = fork(program, args, { execArgv: [] });
  const ended = once(child, 'exit');
  const failed = ended.then((): never => {
    throw new Error('The engine ended before it had reported; what it said is above.');
  });
  // Its only message, from our own program.
  const [message] = (await Promise.race([once(child, 'message'), failed])) as [unknown];
  await ended;
  return message as MemoryReport;
}
