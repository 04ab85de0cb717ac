import { benchClock } from './bench-clock.ts';
import { geoipDir, startBenchEngine } from './bench-engine.ts';
import { timed } from './measure.ts';
import { MOMENTS } from './population/population.ts';

// One start of an engine: tells the parent how long it took to the first page of sessions, in milliseconds.
const [dataDir = ''] = process.argv.slice(2);
geoipDir();
const { seconds, answer: engine } = await timed(async () => {
  const started = await startBenchEngine(dataDir, benchClock(MOMENTS - 1));
  const page = await started.call.sessions.list({ total: false });
  if (page.rows.length === 0) throw new Error('The first page is empty.');
  return started.engine;
});
process.send?.(seconds * 1000);
await engine.stop();
process.disconnect();
