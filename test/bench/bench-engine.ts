import type { SweepReport } from '../../src/contract/source.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import type { Clock, Host, Logger } from '../../src/engine/host.ts';
import { createReferenceSecrets } from '../../src/engine/reference-secrets.ts';
import { appRouter } from '../../src/engine/router.ts';
import { inProcessCaller, type EngineCaller } from '../../src/link/in-process.ts';
import { packedGeoip } from '../support/packed-geoip.ts';
import { storeThread } from '../support/store-thread.ts';

export type BenchEngine = { readonly engine: Engine; readonly call: EngineCaller };

type Shipped = Pick<Host['paths'], 'geoip' | 'storeThread'>;

/** A whole engine as a host runs it, over a data directory that outlives it. What ships with it is the source's when left out. */
export async function startBenchEngine(
  dataDir: string,
  clock: Clock,
  shipped: Shipped = { geoip: geoipDir(), storeThread },
): Promise<BenchEngine> {
  const engine = await createEngine({
    name: 'cli',
    version: '0.0.0-bench',
    actor: 'bench',
    secrets: createReferenceSecrets({ env: (name) => (name === 'BENCH_TOKEN' ? 'bench' : undefined) }),
    logger: { ...silent, warn: tell, error: tell },
    clock,
    paths: { dataDir, ...shipped },
    answerTimeoutMs: 120_000,
    demo: null,
  });
  return { engine, call: inProcessCaller({ router: appRouter, context: { engine } }) };
}

let packed: string | null = null;
/** The bundled databases; packing them takes a process of its own, so it is done once and before anything is timed. */
export function geoipDir(): string {
  return (packed ??= packedGeoip());
}

const nothing = () => undefined;
/** For parts whose faults are thrown anyway. */
export const silent: Logger = { info: nothing, warn: nothing, error: nothing };

function tell(message: string, values?: Record<string, unknown>): void {
  process.stderr.write(`  ${message} ${JSON.stringify(values ?? {})}\n`);
}

/** Polls every source once, all at the same time. Throws unless each listing was read to its end. */
export async function pollAll({ call }: Pick<BenchEngine, 'call'>): Promise<readonly SweepReport[]> {
  const reports: SweepReport[] = [];
  for await (const report of await call.sources.poll({ ids: null })) {
    if (!report.complete)
      throw new Error(`${report.source} was not read whole: ${report.error?.message ?? ''}`);
    reports.push(report);
  }
  return reports;
}
