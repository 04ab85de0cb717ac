import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEnricher } from '../../../src/engine/enrich/create-enricher.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import { createJudge } from '../../../src/engine/poll/judge.ts';
import { SweepJudging } from '../../../src/engine/poll/sweep-judging.ts';
import { sweepSource } from '../../../src/engine/poll/sweep.ts';
import type { Row, Source, SourcePage, SweepEnd } from '../../../src/engine/source/source.ts';
import type { StoreWriter } from '../../../src/engine/store/store-writer.ts';
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
  const judging = new SweepJudging(
    createJudge({ store, clock, onFindings: () => undefined }).judgeInTurn,
    clock,
  );
  const deps = { store, enricher, clock, logger, judging };
  const write = { ...store.write, ...around(store.write) };
  const { report, live } = await sweepSource(deps, write, 'chat', source, new AbortController().signal);
  return { store, report, live };
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

  it('writes together what the source tells while a page is written', async () => {
    const all = Promise.withResolvers<undefined>();
    const written: number[] = [];
    const { report } = await sweepOf(
      async function* () {
        yield page('one');
        // By then the first is being written.
        await new Promise(setImmediate);
        yield page('two');
        yield page('three');
        all.resolve(undefined);
        return { complete: true };
      },
      (write) => ({
        ingest: async (sweep, batch, atMs) => {
          written.push(batch.rows.length);
          await all.promise;
          return write.ingest(sweep, batch, atMs);
        },
      }),
    );
    expect(written).toEqual([1, 2]);
    expect(report).toMatchObject({ ok: true, complete: true, sessions: 3, new: 3 });
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

  it('counts what it listed, and knows how to end what is alive of it', async () => {
    const { store, report, live } = await sweepOf(async function* () {
      yield { ...page('one', 'two'), rows: [row('one'), { ...row('two'), state: 'ended' }] };
      yield { ...page('one', 'three'), rows: [row('one'), { ...row('three'), state: 'expired' }] };
      return { complete: true };
    });
    expect(report).toMatchObject({ complete: true, sessions: 3 });
    const listed = await store.read.sessions({ query: '', sort: null, limit: 10, cursor: null });
    const natives = listed.rows
      .map(({ key }) => live.get(key)?.native)
      .filter((native) => native !== undefined);
    expect(natives).toEqual(['one']);
  });

  it('knows a session that goes on under a new id by its first key, and does not call it new', async () => {
    let listed = '';
    const { report, live } = await sweepOf(
      async function* () {
        yield page('one');
        return { complete: true };
      },
      (write) => ({
        ingest: async (sweep, batch, atMs) => {
          listed = batch.rows[0]?.key ?? '';
          return write.ingest(sweep, batch, atMs);
        },
        finishSweep: async (...end) => ({
          ...(await write.finishSweep(...end)),
          joined: new Map([
            [listed, 'first-key'],
            ['gone-already', 'another-key'],
          ]),
        }),
      }),
    );
    expect(report).toMatchObject({ sessions: 1, new: 0 });
    expect(live.get('first-key')).toEqual({ native: 'one', userId: 'u-ann' });
    expect([live.has(listed), live.has('another-key')]).toEqual([false, false]);
  });

  it('counts all rows that it could not read and keeps the first five as examples', async () => {
    const rejected = (indexes: readonly number[]) => ({
      ...page(),
      rejected: indexes.map((index) => ({ index, reason: 'it is odd' })),
    });
    const { store } = await sweepOf(async function* () {
      yield rejected([0, 3]);
      yield rejected(Array.from({ length: 200_000 }, (_, index) => index + 100));
      return { complete: true };
    });
    const [chat] = await store.read.sources();
    expect(chat).toMatchObject({
      rejectedRows: 200_002,
      rejectedExamples: [1, 4, 101, 102, 103].map((number) => `row ${number}: it is odd`),
    });
  });
});
