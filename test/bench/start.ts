import { fork } from 'node:child_process';
import { once } from 'node:events';
import { asBuilt, type Built } from './as-built.ts';
import { geoipDir } from './bench-engine.ts';
import { largest, shortCount, type Benchmark } from './benchmark.ts';
import { median } from './measure.ts';

const STARTS = 9;

/** How long a fresh process takes from making an engine to its first page of sessions; sizes take turns. */
export const start: Benchmark = {
  name: 'start',
  async run(bench) {
    const [small] = bench.sizes;
    const large = largest(bench.sizes);
    const [smallDir, largeDir] = [await bench.copyOf(small), await bench.copyOf(large)];
    const built = await asBuilt(bench.folder('built'));
    // The first start of each finds cold caches of the disk.
    await startOnce(built, smallDir);
    await startOnce(built, largeDir);
    const smallMs: number[] = [];
    const largeMs: number[] = [];
    for (let nth = 0; nth < STARTS; nth += 1) {
      smallMs.push(await startOnce(built, smallDir));
      largeMs.push(await startOnce(built, largeDir));
    }
    return [
      {
        what: `start to first rows, against ${shortCount(small)}`,
        sessions: large,
        value: median(largeMs) / median(smallMs),
        unit: '×',
        target: { better: 'lower', floor: 1.3, goal: 1.3 },
        detail: { smallMs: median(smallMs), largeMs: median(largeMs) },
      },
    ];
  },
};

async function startOnce({ program, storeThread }: Built, dataDir: string): Promise<number> {
  const child = fork(program('start-process'), [dataDir, geoipDir(), storeThread], { execArgv: [] });
  const ended = once(child, 'exit');
  const [ms] = (await Promise.race([once(child, 'message'), ended.then(failed)])) as [unknown];
  await ended;
  return Number(ms);
}

function failed(): never {
  throw new Error('An engine ended before it had shown a page.');
}
