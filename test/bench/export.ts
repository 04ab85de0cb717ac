import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { benchClock } from './bench-clock.ts';
import { startBenchEngine } from './bench-engine.ts';
import { largest, type Bench, type Benchmark, type Figure } from './benchmark.ts';
import { median, memory, peakMb, timed } from './measure.ts';
import { MOMENTS } from './population/population.ts';

const ROUNDS = 3;
const LARGE = 500_000;

/** A CSV report of every session against the dump of the same columns by the shell that comes with SQLite. */
export const exporting: Benchmark = {
  name: 'export',
  async run(bench) {
    const sessions = largest(bench.sizes);
    const dataDir = await bench.copyOf(sessions);
    const reports = await reportAll(bench, dataDir, sessions);
    const shellSeconds = await dumpAll(bench, join(dataDir, 'sessionscope.db'), roundsOf(sessions));
    const memoryFigure: Figure = {
      what: 'memory that a CSV report of all sessions adds',
      sessions,
      value: reports.addedMb,
      unit: 'MB',
      target: { better: 'lower', floor: 100, goal: 100 },
      detail: { bytesWritten: reports.bytes },
    };
    if (shellSeconds === null) {
      bench.say('there is no sqlite3 shell on this machine: the ratio is left out');
      return [memoryFigure];
    }
    return [
      {
        what: 'CSV report of all sessions, of the time of the sqlite3 shell',
        sessions,
        value: reports.seconds / shellSeconds,
        unit: '×',
        target: { better: 'lower', floor: 3, goal: 1.5 },
        detail: { reportSeconds: reports.seconds, shellSeconds },
      },
      memoryFigure,
    ];
  },
};

function roundsOf(sessions: number): number {
  return sessions >= LARGE ? 1 : ROUNDS;
}

async function reportAll(bench: Bench, dataDir: string, sessions: number) {
  const { engine, call } = await startBenchEngine(dataDir, benchClock(MOMENTS - 1));
  const path = join(bench.folder('report'), 'sessions.csv');
  const rounds = roundsOf(sessions);
  try {
    await call.geoip.status();
    await call.sessions.list({ total: false });
    const before = memory().totalMb;
    const runs: { seconds: number; peak: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`report, round ${round + 1}`);
      const { answer, peak } = await peakMb(() =>
        timed(async () => {
          let rows = 0;
          for await (const step of await call.reports.create({ format: 'csv', path })) {
            if (step.kind === 'done') rows = step.result.rows;
          }
          if (rows !== sessions) throw new Error(`The report has ${rows} rows of ${sessions}.`);
        }),
      );
      runs.push({ seconds: answer.seconds, peak });
    }
    return {
      seconds: median(runs.map(({ seconds }) => seconds)),
      addedMb: Math.max(...runs.map(({ peak }) => peak)) - before,
      bytes: statSync(path).size,
    };
  } finally {
    await engine.stop();
  }
}

/** Seconds of the shell's dump; null where there is no shell. */
async function dumpAll(bench: Bench, file: string, rounds: number): Promise<number | null> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bench.say(`sqlite3 shell, round ${round + 1}`);
    const run = await timed(() => dump(file, join(bench.folder('dump'), 'sessions.csv')));
    if (!run.answer) return null;
    seconds.push(run.seconds);
  }
  return median(seconds);
}

async function dump(file: string, path: string): Promise<boolean> {
  const output = openSync(path, 'w');
  const shell = spawn('sqlite3', ['-readonly', '-header', '-csv', file, SAME_COLUMNS], {
    stdio: ['ignore', output, 'inherit'],
  });
  try {
    const [code] = (await once(shell, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`The sqlite3 shell ended with code ${code ?? 0}.`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  } finally {
    closeSync(output);
  }
}

/** The columns of a report in its order, as they are stored: the shell is spared what turns codes into words. */
const SAME_COLUMNS = `
SELECT hex(s.key), source.name, listing.account, user.external_id, user.name, user.person_id, s.state, s.is_current,
  s.started_at, s.started_quality, s.last_seen_at, s.expires_at, s.first_observed_at,
  max(s.last_observed_at, ifnull(listing.last_complete_at, 0)), s.ended_at, ip.address, ip.class, place.country,
  place.region, place.city, place.lat, place.lon, place.accuracy_km, place.origin, network.asn, network.org,
  network.kinds, agent.text, device.browser, device.browser_version, device.os, device.os_version, device.kind,
  s.impersonated_by, s.hint, source.can_revoke_one,
  (SELECT group_concat(DISTINCT f.rule) FROM finding_session AS named JOIN finding AS f ON f.id = named.finding_id
   WHERE named.session_id = s.id AND f.state < 2)
FROM session AS s
JOIN source ON source.id = s.source_id
JOIN listing ON listing.id = s.listing_id
JOIN user ON user.id = s.user_id
LEFT JOIN ip ON ip.id = s.ip_id
LEFT JOIN place ON place.id = s.place_id
LEFT JOIN network ON network.id = s.network_id
LEFT JOIN agent ON agent.id = s.agent_id
LEFT JOIN device ON device.id = s.device_id
ORDER BY s.id`;
