import { keepHeapsSmall } from '../../src/engine/small-heaps.ts';
import { benchClock } from './bench-clock.ts';
import { startBenchEngine } from './bench-engine.ts';
import { timed } from './measure.ts';
import { MOMENTS } from './population/population.ts';

// One start of an engine: tells the parent how long it took to the first page of sessions, in milliseconds.
keepHeapsSmall();
const [dataDir = '', geoip = '', storeThread = ''] = process.argv.slice(2);
const { seconds, answer: engine } = await timed(async () => {
  const started = await startBenchEngine(dataDir, benchClock(MOMENTS - 1), { geoip, storeThread });
  const page = await started.call.sessions.list({ total: false });
  if (page.rows.length === 0) throw new Error('The first page is empty.');
  return started.engine;
});
process.send?.(seconds * 1000);
await engine.stop();
process.disconnect();
