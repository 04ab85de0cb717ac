import { join } from 'node:path';
import Database from 'better-sqlite3';
import { capabilitiesOf } from '../../src/engine/source/registry.ts';
import { openStore } from '../../src/engine/store/open-store.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { storeThread } from '../support/store-thread.ts';
import { benchClock } from './bench-clock.ts';
import { silent } from './bench-engine.ts';
import { largest, type Bench, type Benchmark, type Figure } from './benchmark.ts';
import { judgeAll } from './database.ts';
import { memory, processors, timed } from './measure.ts';
import { MOMENTS } from './population/population.ts';
import { rulesAloneSeconds } from './rules-alone.ts';

const SAMPLE_MS = 100;

/** All rules over all that is known of every user and of 90 days of every source, with no finding stored before. */
export const rules: Benchmark = {
  name: 'rules',
  async run(bench) {
    const figures: Figure[] = [];
    for (const sessions of bench.sizes) figures.push(...(await judgeAfresh(bench, sessions)));
    return figures;
  },
};

async function judgeAfresh(bench: Bench, sessions: number): Promise<readonly Figure[]> {
  const dataDir = await bench.copyOf(sessions);
  const observations = forgetFindings(join(dataDir, 'sessionscope.db'));
  const clock = benchClock(MOMENTS - 1);
  const options = { dataDir, clock, logger: silent, thread: storeThread, traitsOf: capabilitiesOf };
  const store = await openStore(options);
  const samples = { days: [] as number[], people: [] as number[] };
  let current = samples.days;
  const sampling = setInterval(() => current.push(memory().totalMb), SAMPLE_MS);
  const watched = whenPeopleAreJudged(store, () => {
    current = samples.people;
  });
  const before = processors();
  const { seconds, answer: findings } = await timed(() => judgeAll(watched, dataDir, clock));
  const after = processors();
  clearInterval(sampling);
  samples.people.push(memory().totalMb);
  await store.close();
  const aloneSeconds = await rulesAloneSeconds(dataDir, clock.now());
  const isTarget = sessions === largest(bench.sizes);
  const all = [...samples.days, ...samples.people];
  return [
    {
      what: 'observations judged by all rules',
      sessions,
      value: observations / seconds,
      unit: 'rows/s',
      ...(isTarget ? { target: { better: 'higher', floor: 100_000, goal: 300_000 } } : {}),
      detail: {
        observations,
        findings,
        seconds,
        processorSeconds: after.ownSeconds - before.ownSeconds,
        ...(after.stolenSeconds === null || before.stolenSeconds === null
          ? {}
          : { secondsTakenByOthers: after.stolenSeconds - before.stolenSeconds }),
      },
    },
    {
      what: 'the same through all rules alone, on one thread',
      sessions,
      value: observations / aloneSeconds,
      unit: 'rows/s',
      detail: { seconds: aloneSeconds },
    },
    {
      what: 'memory in the last tenth of it, of that in the first',
      sessions,
      ...growthOf(all),
      ...(isTarget ? { target: { better: 'lower', floor: 1.25, goal: 1.1 } } : {}),
    },
    { what: 'the same while people are judged', sessions, ...growthOf(samples.people) },
  ];
}

/** Of memory, from the first tenth of the time to the last. */
function growthOf(samples: readonly number[]): Pick<Figure, 'value' | 'unit' | 'detail'> {
  const tenths = byTenths(samples);
  return {
    value: (tenths.at(-1) ?? 0) / (tenths[0] ?? 0),
    unit: '×',
    detail: { highestMb: Math.max(...samples), mbByTenths: tenths.map(Math.round).join(' ') },
  };
}

/** Days come first and hold less than people do, so that memory grows from the one to the other whatever the size. */
function whenPeopleAreJudged(store: Store, note: () => void): Store {
  return {
    ...store,
    read: {
      ...store.read,
      judge(...request) {
        note();
        return store.read.judge(...request);
      },
    },
  };
}

/** With the incidents they made; answers how many observations there are. */
function forgetFindings(file: string): number {
  const db = new Database(file);
  db.exec('DELETE FROM finding_session; DELETE FROM finding; DELETE FROM incident;');
  db.pragma('wal_checkpoint(TRUNCATE)');
  const observations = db.prepare<[], number>('SELECT total(observations) FROM session').pluck().get() ?? 0;
  db.close();
  return observations;
}

/** The mean of each tenth of the time; of one sample where there are fewer. */
function byTenths(samples: readonly number[]): readonly number[] {
  const at = (tenth: number) => Math.floor((samples.length * tenth) / 10);
  return Array.from({ length: 10 }, (_, tenth) =>
    mean(samples.slice(at(tenth), Math.max(at(tenth) + 1, at(tenth + 1)))),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
