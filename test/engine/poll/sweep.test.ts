import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEnricher } from '../../../src/engine/enrich/create-enricher.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import { sweepSource } from '../../../src/engine/poll/sweep.ts';
import type { Row, Source, SourcePage, SweepEnd } from '../../../src/engine/source/source.ts';
import type { StoreWriter } from '../../../src/engine/store/store.ts';
import { testStore } from '../../support/data-dir.ts';
import { testLog } from '../../support/log.ts';
import { account, NOON_MS } from '../../support/records.ts';
import { someCapabilities } from '../../support/session.ts';

function row(identity: string): Row {
  return {
    native: identity,
    identity,
    hint: '',
    user: { id: 'u-ann', name: 'Ann', email: null },
    isCurrent: false,
    state: 'active',
    startedAtMs: NOON_MS,
    startedAtQuality: 'reported',
    lastSeenAtMs: null,
    expiresAtMs: null,
    ip: null,
    userAgent: null,
    impersonatedBy: null,
    place: null,
    network: null,
    device: null,
    isOwnPoll: false,
    userGone: false,
  };
}

const page = (...ids: string[]): SourcePage => ({
  rows: ids.map(row),
  history: [],
  events: [],
  rejected: [],
});

/** A sweep of `chat` over this listing, through a writer that the test may stand in front of. */
async function sweepOf(
  list: () => AsyncGenerator<SourcePage, SweepEnd, void>,
  around: (write: StoreWriter) => Partial<StoreWriter> = () => ({}),
) {
  const store = await testStore();
  const { clock, dataDir } = store;
  const { logger } = testLog();
  const enricher = createEnricher({ geoipDir: join(dataDir, 'none'), dataDir, clock, logger });
  onTestFinished(() => enricher.close());
  const source: Source = {
    capabilities: someCapabilities(),
    account: async () => account(),
    list,
    revoke: () => Promise.reject(new Error('not asked here')),
    close: async () => undefined,
  };
  const deps = { store, enricher, clock, logger, judge: async () => 0 };
  const write = { ...store.write, ...around(store.write) };
  const { report } = await sweepSource(deps, write, 'chat', source, new AbortController().signal);
  return { store, report };
}

describe('a sweep', () => {
  it('asks for the next page while the one before is written', async () => {
    const asked = Promise.withResolvers<undefined>();
    const { report } = await sweepOf(
      async function* () {
        yield page('one');
        asked.resolve(undefined);
        yield page('two');
        return { complete: true };
      },
      (write) => ({
        ingest: async (...written) => {
          await asked.promise;
          return write.ingest(...written);
        },
      }),
    );
    expect(report).toMatchObject({ ok: true, complete: true, sessions: 2, new: 2 });
  });

  it('keeps what was written before the source failed', async () => {
    const { store, report } = await sweepOf(async function* () {
      yield page('one', 'two');
      await Promise.resolve();
      throw new EngineError('timeout', 'The source took too long.');
    });
    expect(report).toMatchObject({ ok: false, complete: false, sessions: 2, error: { code: 'timeout' } });
    expect(await store.read.count('sessions', 'state:active')).toBe(2);
  });

  it('is not complete when a page can not be written, also the last one', async () => {
    const full = new EngineError('refused', 'The disk is full.');
    for (const failing of [1, 2]) {
      let pages = 0;
      const { report } = await sweepOf(
        async function* () {
          yield page('one');
          yield page('two');
          return { complete: true };
        },
        (write) => ({
          ingest: async (...written) => {
            pages += 1;
            if (pages === failing) throw full;
            return write.ingest(...written);
          },
        }),
      );
      expect(report).toMatchObject({ ok: false, complete: false, error: { code: 'refused' } });
    }
  });
});
