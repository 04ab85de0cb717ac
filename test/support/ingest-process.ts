import { join } from 'node:path';
import { createEnricher } from '../../src/engine/enrich/create-enricher.ts';
import { createJudge } from '../../src/engine/poll/judge.ts';
import { SweepJudging } from '../../src/engine/poll/sweep-judging.ts';
import { sweepSource } from '../../src/engine/poll/sweep.ts';
import { Secret } from '../../src/engine/secret.ts';
import { capabilitiesOf, openSource } from '../../src/engine/source/registry.ts';
import { openStore } from '../../src/engine/store/open-store.ts';
import type { StoreWriter } from '../../src/engine/store/store-writer.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { SourceConfig } from '../../src/contract/source.ts';

/** What the process is told, and what it tells: a JSON object a line, each written after the fact. */
export type IngestOrder = {
  readonly dataDir: string;
  readonly url: string;
  /** The store's thread, or null for a store in the process's own. */
  readonly thread: string | null;
};
export type IngestNews =
  | { readonly kind: 'page'; readonly keys: readonly string[] }
  | { readonly kind: 'sweep'; readonly complete: boolean };

const given = process.argv[2];
if (given !== undefined) await ingestForEver(JSON.parse(given) as IngestOrder);

/** Sweeps one source again and again, with nothing in between, until the process is killed. */
async function ingestForEver({ dataDir, url, thread }: IngestOrder): Promise<never> {
  const clock = systemClock;
  const silent = { info: () => undefined, warn: () => undefined, error: fail };
  const store = await openStore({ dataDir, clock, logger: silent, thread, traitsOf: capabilitiesOf });
  if (store.write === null) return fail('the data directory is held by another process');
  const config: SourceConfig = {
    id: 'chat',
    kind: 'rocketchat',
    mode: 'admin',
    url,
    auth: { userId: 'admin', token: { env: 'TOKEN' } },
  };
  await store.write.putSource(config, false);
  const enricher = createEnricher({ geoipDir: join(dataDir, 'none'), dataDir, clock, logger: silent });
  const { judgeInTurn } = createJudge({ store, clock, onFindings: () => undefined });
  const judging = new SweepJudging(judgeInTurn, clock);
  const deps = { store, enricher, clock, logger: silent, judging };
  for (;;) {
    const source = openSource(config, {
      secret: async () => new Secret('token'),
      clock,
      http: { isOrderedByHand: () => true },
    });
    const { report } = await sweepSource(
      deps,
      telling(store.write),
      'chat',
      source,
      new AbortController().signal,
    );
    tell({ kind: 'sweep', complete: report.complete });
    if (report.error !== null) fail(report.error.message);
    await source.close();
  }
}

/** The writer, which tells of each page when it is committed. */
function telling(write: StoreWriter): StoreWriter {
  return {
    ...write,
    ingest: async (sweep, batch, atMs) => {
      const result = await write.ingest(sweep, batch, atMs);
      tell({ kind: 'page', keys: batch.rows.map(({ key }) => key) });
      return result;
    },
  };
}

/** At once and as a whole: what was told before a kill was told. */
function tell(news: IngestNews): void {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

function fail(...why: unknown[]): never {
  process.stderr.write(`${JSON.stringify(why)}\n`);
  process.exit(1);
}
