import { setTimeout as sleep } from 'node:timers/promises';
import { keepHeapsSmall } from '../../src/engine/small-heaps.ts';
import { runningBenchClock } from './bench-clock.ts';
import { pollAll, startBenchEngine } from './bench-engine.ts';
import { memory, peakMb, timed, type Memory } from './measure.ts';
import { sourceConfigs } from './population/rows.ts';

/** What this process held on the way. */
export type MemoryReport = {
  readonly withGeoip: Memory;
  readonly afterPoll: Memory;
  readonly pollSeconds: number;
  readonly highestMb: number;
  readonly atEnd: Memory;
};

const PAGES = 200;
/** Longer than threads stay that nobody asks. */
const IDLE_MS = 10_000;

// One engine that polls everything and shows many pages: tells the parent what memory that took.
keepHeapsSmall();
const [dataDir = '', geoip = '', storeThread = '', url = '', moment = ''] = process.argv.slice(2);
const clock = runningBenchClock(Number(moment));
const { engine, call } = await startBenchEngine(dataDir, clock, { geoip, storeThread });
await call.sources.import({ file: { sources: sourceConfigs(url) } });
await call.geoip.status();
const withGeoip = memory();
const { peak: highestMb, answer: polled } = await peakMb(() => timed(() => pollAll({ call })));
const afterPoll = memory();
await look();
await sleep(IDLE_MS);
const report: MemoryReport = {
  ...{ withGeoip, afterPoll, highestMb },
  pollSeconds: polled.seconds,
  atEnd: memory(),
};
process.send?.(report);
await engine.stop();
process.disconnect();

async function look(): Promise<void> {
  for (let page = 0, cursor: string | null = null; page < PAGES; page += 1) {
    const list = await call.sessions.list({ cursor, total: false });
    await call.events.list({ query: `user:${list.rows[0]?.userId ?? ''}`, total: false });
    cursor = list.next;
  }
  await call.overview({ query: '' });
  await call.sessions.map({ query: '' });
}
