import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { runningBenchClock } from './bench-clock.ts';
import { pollAll, startBenchEngine } from './bench-engine.ts';
import { largest, type Bench, type Benchmark, type Figure } from './benchmark.ts';
import { startFarSide, type FarSide } from './far-side.ts';
import { median, timed } from './measure.ts';
import { sourceConfigs } from './population/rows.ts';

const MOST_SESSIONS = 100_000;
const REPOLLS = 3;

/** What is polled: of a company this large, all services or one. */
type Polled = { readonly what: string; readonly company: number; readonly only: string | null };

/** Polls sources again that tell the same as before: what it costs, and what it leaves in the file. */
export const repoll: Benchmark = {
  name: 'repoll',
  async run(bench): Promise<readonly Figure[]> {
    const company = largest(bench.sizes);
    const farSide = startFarSide();
    try {
      const most = Math.min(MOST_SESSIONS, company);
      return [
        ...(await pollAgain(bench, farSide, { what: 'all services', company: most, only: null })),
        // A call for each user is most of what better-auth costs; Rocket.Chat answers a hundred sessions at a time.
        ...(await pollAgain(bench, farSide, { what: 'Rocket.Chat', company, only: 'chat' })),
      ];
    } finally {
      await farSide.close();
    }
  },
};

async function pollAgain(
  bench: Bench,
  farSide: FarSide,
  { what, company, only }: Polled,
): Promise<readonly Figure[]> {
  const dataDir = bench.folder(`repoll-${only ?? 'all'}`);
  const { url } = await farSide.show({ sessions: company, moment: 0 });
  const { engine, call } = await startBenchEngine(dataDir, runningBenchClock(0));
  try {
    const sources = sourceConfigs(url).filter(({ id }) => only === null || id === only);
    await call.sources.import({ file: { sources } });
    await call.geoip.status();
    bench.say(`${what}: first ingest`);
    const first = await timed(() => pollAll({ call }));
    const sessions = first.answer.reduce((sum, report) => sum + report.sessions, 0);
    const bytesBefore = bytesOf(dataDir);
    const again: number[] = [];
    for (let round = 0; round < REPOLLS; round += 1) {
      bench.say(`${what}: poll of the same, round ${round + 1}`);
      const { seconds, answer } = await timed(() => pollAll({ call }));
      if (answer.some((report) => report.new + report.ended + report.observations > 0)) {
        throw new Error('A poll of the same found something new.');
      }
      again.push(seconds);
    }
    const grown = (bytesOf(dataDir) - bytesBefore) / REPOLLS;
    return [
      {
        what: `${what}: poll of unchanged sessions, times faster than the first`,
        sessions,
        value: first.seconds / median(again),
        unit: '×',
        target: { better: 'higher', floor: 4, goal: 10 },
        detail: { firstSeconds: first.seconds, againSeconds: median(again) },
      },
      {
        what: `${what}: growth of the file by such a poll`,
        sessions,
        value: (100 * grown) / bytesBefore,
        unit: '%',
        target: { better: 'lower', floor: 1, goal: 1 },
        detail: { bytesBefore, bytesPerPoll: Math.round(grown) },
      },
    ];
  } finally {
    await engine.stop();
  }
}

/** Of the database and its log, once the log was written back. */
function bytesOf(dataDir: string): number {
  const file = join(dataDir, 'sessionscope.db');
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = statSync(file).size + (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  db.close();
  return bytes;
}
