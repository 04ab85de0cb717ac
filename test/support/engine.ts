import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SourceConfig, SweepReport } from '../../src/contract/source.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import type { Clock } from '../../src/engine/host.ts';
import { createReferenceSecrets } from '../../src/engine/reference-secrets.ts';
import { appRouter } from '../../src/engine/router.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import { inProcessCaller, type EngineCaller } from '../../src/link/in-process.ts';
import { testLog } from './log.ts';
import { defaultThread, storeThread } from './store-thread.ts';

export type TestEngine = {
  readonly engine: Engine;
  readonly call: EngineCaller;
  readonly dataDir: string;
  /** Every line that was logged, as it would be written. */
  readonly log: readonly string[];
  /** Stops it and removes its data directory. */
  close(): Promise<void>;
};

/** A whole engine on a temporary data directory: real SQLite, real HTTP, the bundled databases. */
export async function startEngine(
  options: {
    env?: ReadonlyMap<string, string>;
    sources?: readonly SourceConfig[];
    clock?: Clock;
    dataDir?: string;
    answerTimeoutMs?: number;
    /** The store works in threads of its own, as in the app. */
    threads?: boolean;
  } = {},
): Promise<TestEngine> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sessionscope-'));
  const { logger, lines: log } = testLog();
  const engine = await createEngine({
    name: 'cli',
    version: '0.0.0-test',
    actor: 'test via cli',
    secrets: createReferenceSecrets({ env: (name) => options.env?.get(name) }),
    logger,
    clock: options.clock ?? systemClock,
    paths: {
      dataDir,
      geoip: resolve('out/geoip'),
      storeThread: options.threads === true ? storeThread : defaultThread,
    },
    demo: null,
    ...(options.answerTimeoutMs === undefined ? {} : { answerTimeoutMs: options.answerTimeoutMs }),
  });
  if (options.sources !== undefined) await engine.sources.import({ sources: options.sources });
  return {
    engine,
    call: inProcessCaller({ router: appRouter, context: { engine } }),
    dataDir,
    log,
    close: async () => {
      await engine.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** One sweep of every source, or of those named; answers the reports by source. */
export async function poll({ call }: Pick<TestEngine, 'call'>, ids: string[] | null = null) {
  const reports = new Map<string, SweepReport>();
  for await (const report of await call.sources.poll({ ids })) reports.set(report.source, report);
  return reports;
}

/** Plans, starts and follows a revocation to its end. */
export async function revoke(
  { call }: Pick<TestEngine, 'call'>,
  request: Parameters<EngineCaller['revocations']['plan']>[0],
) {
  const plan = await call.revocations.plan(request);
  const { id } = await call.revocations.start({ planId: plan.id, reason: 'incident 42' });
  for await (const _ of await call.revocations.watch({ id }));
  return call.revocations.get({ id });
}
