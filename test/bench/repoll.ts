import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { benchClock } from './bench-clock.ts';
import { pollAll, startBenchEngine } from './bench-engine.ts';
import { largest, shortCount, type Benchmark, type Figure } from './benchmark.ts';
import { startFarSide } from './far-side.ts';
import { median, timed } from './measure.ts';
import { sourceConfigs } from './population/rows.ts';

const MOST_SESSIONS = 100_000;
const REPOLLS = 3;

/** Polls a source again that tells the same as before: what it costs, and what it leaves in the file. */
export const repoll: Benchmark = {
  name: 'repoll',
  async run(bench): Promise<readonly Figure[]> {
    const sessions = Math.min(MOST_SESSIONS, largest(bench.sizes));
    const farSide = startFarSide();
    const dataDir = bench.folder('repoll');
    const { url } = await farSide.show({ sessions, moment: 0 });
    const { engine, call } = await startBenchEngine(dataDir, benchClock(0));
    try {
      await call.sources.import({ file: { sources: sourceConfigs(url) } });
      await call.geoip.status();
      bench.say(`first ingest of ${shortCount(sessions)}`);
      const first = await timed(() => pollAll({ call }));
      const bytesBefore = bytesOf(dataDir);
      const again: number[] = [];
      for (let round = 0; round < REPOLLS; round += 1) {
        bench.say(`poll of the same, round ${round + 1}`);
        const { seconds, answer } = await timed(() => pollAll({ call }));
        if (answer.some((report) => report.new + report.ended + report.observations > 0)) {
          throw new Error('A poll of the same found something new.');
        }
        again.push(seconds);
      }
      const grown = (bytesOf(dataDir) - bytesBefore) / REPOLLS;
      return [
        {
          what: 'poll of unchanged sessions, times faster than the first',
          sessions,
          value: first.seconds / median(again),
          unit: '×',
          target: { better: 'higher', floor: 4, goal: 10 },
          detail: { firstSeconds: first.seconds, againSeconds: median(again) },
        },
        {
          what: 'growth of the file by such a poll',
          sessions,
          value: (100 * grown) / bytesBefore,
          unit: '%',
          target: { better: 'lower', floor: 1, goal: 1 },
          detail: { bytesBefore, bytesPerPoll: Math.round(grown) },
        },
      ];
    } finally {
      await engine.stop();
      await farSide.close();
    }
  },
};

/** Of the database and its log, once the log was written back. */
function bytesOf(dataDir: string): number {
  const file = join(dataDir, 'sessionscope.db');
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = statSync(file).size + (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  db.close();
  return bytes;
}
