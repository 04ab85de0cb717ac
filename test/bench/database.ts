import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createEnricher } from '../../src/engine/enrich/create-enricher.ts';
import { createJudge } from '../../src/engine/poll/judge.ts';
import { createRecorder } from '../../src/engine/poll/record.ts';
import { capabilitiesOf } from '../../src/engine/source/registry.ts';
import { openReader } from '../../src/engine/store/database.ts';
import { migrations } from '../../src/engine/store/migrations/migrations.ts';
import { openStore } from '../../src/engine/store/open-store.ts';
import type { StoreWriter } from '../../src/engine/store/store-writer.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { benchClock } from './bench-clock.ts';
import { geoipDir, silent } from './bench-engine.ts';
import { shortCount } from './benchmark.ts';
import { judgedDays } from './judged-days.ts';
import { findNeighbourhoods } from './population/neighbourhoods.ts';
import { services } from './population/people.ts';
import { createPopulation, momentMs, MOMENTS, type Population } from './population/population.ts';
import { account, pagesOf, sourceConfigs } from './population/rows.ts';
import { tenfold } from './tenfold.ts';

/** What decides what is in a database: a change of any of these makes a new one. */
const INGREDIENTS = [
  ...['agents', 'chance', 'neighbourhoods', 'people', 'population', 'rows', 'wire'].map(
    (name) => `population/${name}.ts`,
  ),
  'tenfold.ts',
].map((name) => new URL(name, import.meta.url));
/** The largest that is polled into being. */
const MOST_BUILT = 100_000;

/**
 * The data directory of a company of this size after its last poll: made by the engine's own write path, poll by poll
 * with a clock moved by hand, and kept in `folder` under the schema's name for the next run. Larger ones are ten of a tenth of
 * the size in one file (`tenfold.ts`).
 */
export async function builtDatabase(
  folder: string,
  sessions: number,
  say: (text: string) => void,
  findPlaces = findNeighbourhoods,
): Promise<string> {
  const dataDir = join(folder, `${schemaName()}-${shortCount(sessions)}`);
  if (existsSync(dataDir)) return dataDir;
  const unfinished = `${dataDir}.unfinished`;
  const building = (text: string) => say(`building ${shortCount(sessions)}: ${text}`);
  mkdirSync(folder, { recursive: true });
  removeOthers(folder, sessions);
  if (sessions > MOST_BUILT) {
    const tenth = await builtDatabase(folder, sessions / 10, say, findPlaces);
    tenfold(tenth, unfinished, building);
    await settleAll(unfinished);
  } else {
    await build(unfinished, createPopulation(sessions, await findPlaces()), building);
  }
  renameSync(unfinished, dataDir);
  return dataDir;
}

/** Databases of the same size under an older schema, and what a run that was cut off left of one. */
function removeOthers(folder: string, sessions: number): void {
  const ofThisSize = new RegExp(`-${shortCount(sessions)}(\\.unfinished)?$`);
  for (const name of readdirSync(folder).filter((each) => ofThisSize.test(each))) {
    rmSync(join(folder, name), { recursive: true });
  }
}

/** `20-1a2b3c4d`: the schema's number, and a digest of its text and of the company's. */
function schemaName(): string {
  const digest = createHash('sha256');
  for (const { sql } of migrations) digest.update(sql);
  for (const file of INGREDIENTS) digest.update(readFileSync(file));
  return `${migrations.at(-1)?.version ?? 0}-${digest.digest('hex').slice(0, 8)}`;
}

async function build(dataDir: string, population: Population, say: (text: string) => void): Promise<void> {
  const clock = benchClock(0);
  const logger = silent;
  const enricher = createEnricher({ geoipDir: geoipDir(), dataDir, clock, logger });
  await enricher.ready();
  const options = { dataDir, clock, logger, thread: null, traitsOf: capabilitiesOf };
  const store = await openStore(options);
  try {
    const write = requireWriter(store);
    for (const config of sourceConfigs('http://127.0.0.1:1')) await write.putSource(config, false);
    const recorderOf = (source: string) =>
      createRecorder({
        enricher,
        identityKey: store.identityKey,
        source,
        account,
        scope: capabilitiesOf(configOf(source)).scope,
      });
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      say(`poll ${moment + 1} of ${MOMENTS}`);
      clock.goTo(moment);
      await sweepAll(write, population, moment, recorderOf);
    }
    await revokeSome(write, join(dataDir, 'sessionscope.db'));
    say('rules');
    await judgeAll(store, dataDir, clock);
  } finally {
    await store.close();
    enricher.close();
  }
}

async function sweepAll(
  write: StoreWriter,
  population: Population,
  moment: number,
  recorderOf: (source: string) => ReturnType<typeof createRecorder>,
): Promise<void> {
  const atMs = momentMs(moment);
  for (const service of services) {
    const recorder = recorderOf(service);
    const sweep = await write.beginSweep(service, account, atMs);
    for (const { rows, events } of pagesOf(population, service, moment)) {
      const batch = {
        rows: rows.map((row) => recorder.session(row)),
        history: [],
        events: events.map((event) => recorder.event(event)),
      };
      await write.ingest(sweep, batch, atMs);
    }
    const end = {
      complete: true,
      problem: null,
      rejectedRows: 0,
      rejectedExamples: [],
      idReconnects: service === 'chat',
    };
    await write.finishSweep(sweep, end, atMs);
  }
}

/** A tenth of what ended was our doing. */
async function revokeSome(write: StoreWriter, file: string): Promise<void> {
  const keys = readColumn<string>(
    file,
    'SELECT key_text(key) FROM session WHERE ended_at IS NOT NULL AND id % 10 = 3',
  );
  await write.markRevoked(keys, momentMs(MOMENTS - 1));
}

/** Counts what everybody did on every day that is over. */
async function settleAll(dataDir: string): Promise<void> {
  const clock = benchClock(MOMENTS - 1);
  const store = await openStore({ dataDir, clock, logger: silent, thread: null, traitsOf: capabilitiesOf });
  const write = requireWriter(store);
  while (!(await write.settleDays(clock.now())).done);
  await store.close();
}

/** Runs the rules over every user and every day of a store; answers how many findings were new. */
export async function judgeAll(
  store: Store,
  dataDir: string,
  clock: ReturnType<typeof benchClock>,
): Promise<number> {
  const { judge } = createJudge({ store, clock, onFindings: () => undefined });
  const users = readColumn<number>(join(dataDir, 'sessionscope.db'), 'SELECT id FROM user');
  const days = judgedDays(clock.now()).flatMap(({ day, sources }) =>
    sources.map((source) => ({ source, day })),
  );
  return judge(new Set(users), days);
}

function readColumn<T>(file: string, sql: string): T[] {
  const db = openReader(file);
  try {
    return db.prepare<[], T>(sql).pluck().all();
  } finally {
    db.close();
  }
}

function requireWriter({ write, heldByPid }: Store): StoreWriter {
  if (write === null) throw new Error(`Process ${heldByPid ?? 0} holds the benchmark's data directory.`);
  return write;
}

function configOf(source: string) {
  const config = sourceConfigs('http://127.0.0.1:1').find(({ id }) => id === source);
  if (config === undefined) throw new Error(`There is no service ${source}.`);
  return config;
}
