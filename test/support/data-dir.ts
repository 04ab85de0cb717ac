import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SourceConfig } from '../../src/contract/source.ts';
import type { Logger } from '../../src/engine/host.ts';
import type { BatchResult, SweepResult } from '../../src/engine/store/batch-result.ts';
import { openStore } from '../../src/engine/store/open-store.ts';
import type { Batch, SessionRecord } from '../../src/engine/store/records.ts';
import type { SourceTraits } from '../../src/engine/store/sources.ts';
import type { StoreWriter } from '../../src/engine/store/store-writer.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { testClock, type TestClock } from './clock.ts';
import { testLog } from './log.ts';
import { account, batch, traits } from './records.ts';
import { defaultThread } from './store-thread.ts';

/** A folder of its own for one test, gone afterwards. */
export function temporaryDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sessionscope-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A configured API; nothing is ever sent to it. */
export function chatConfig(id = 'chat'): SourceConfig {
  return {
    id,
    kind: 'rocketchat',
    mode: 'admin',
    url: 'http://127.0.0.1:4001',
    auth: { userId: 'u1', token: { env: 'CHAT_TOKEN' } },
  };
}

export type TestStore = Store & {
  readonly write: StoreWriter;
  readonly clock: TestClock;
  readonly dataDir: string;
};

/** A real store in a temporary folder, with one source called `chat`, closed when the test ends. */
export async function testStore(
  options: {
    dataDir?: string;
    clock?: TestClock;
    logger?: Logger;
    thread?: string | null;
    traits?: Partial<SourceTraits>;
  } = {},
): Promise<TestStore> {
  const dataDir = options.dataDir ?? temporaryDir();
  const clock = options.clock ?? testClock();
  const store = await openStore({
    dataDir,
    clock,
    logger: options.logger ?? testLog().logger,
    thread: options.thread ?? defaultThread,
    traitsOf: () => ({ ...traits, ...options.traits }),
  });
  onTestFinished(() => store.close());
  if (store.write === null) throw new Error('the data directory is held by another store');
  await store.write.putSource(chatConfig(), false);
  return { ...store, write: store.write, clock, dataDir };
}

/** One whole sweep of `chat` that lists these rows; complete unless said otherwise. */
export async function sweep(
  store: TestStore,
  page: readonly SessionRecord[] | Partial<Batch>,
  end: { complete?: boolean; idReconnects?: boolean; source?: string; account?: string } = {},
): Promise<BatchResult & SweepResult> {
  const { write, clock } = store;
  const { complete = true, idReconnects = false } = end;
  const by = account(end.account === undefined ? {} : { id: end.account });
  const number = await write.beginSweep(end.source ?? 'chat', by, clock.now());
  const listed = batch('length' in page ? { rows: page } : page);
  const result = await write.ingest(number, listed, clock.now());
  const finished = await write.finishSweep(
    number,
    {
      complete,
      problem: complete ? null : { code: 'timeout', message: 'The source took too long.' },
      rejectedRows: 0,
      rejectedExamples: [],
      idReconnects,
    },
    clock.now(),
  );
  return {
    ...result,
    ...finished,
    touched: [...new Set([...result.touched, ...finished.touched])],
    touchedDays: [...new Set([...result.touchedDays, ...finished.touchedDays])],
  };
}
