import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openReader } from '../../../src/engine/store/database.ts';
import { filterOf } from '../../../src/engine/store/filter.ts';
import { testStore, type TestStore } from '../../support/data-dir.ts';
import { lookInto } from '../../support/recount.ts';
import { NOON_MS, sessionRecord } from '../../support/records.ts';

const HOUR_MS = 3_600_000;
const everything = { cursor: null, limit: 500 };

/** One sweep whose pages have one new session each, at these hours since noon. */
async function polledAt(hours: readonly number[]): Promise<TestStore> {
  const store = await testStore();
  const sweepId = await store.write.beginSweep(
    'chat',
    { id: 'u-admin', name: null, email: null, known: true },
    NOON_MS,
  );
  for (const [index, hour] of hours.entries()) {
    const rows = [sessionRecord({ key: `n${index}` })];
    await store.write.ingest(sweepId, { rows, history: [], events: [] }, NOON_MS + hour * HOUR_MS);
  }
  return store;
}

const keysIn = async (store: TestStore, query: string, sort: string | null = null) =>
  (await store.read.sessions({ ...everything, query, sort })).rows.map(({ key }) => key);

describe('when sessions were first observed', () => {
  it('is found by any range, also where the clock was set back meanwhile', async () => {
    const hours = [0, 1, 2, 300, 3, 4, -50, -49, 5, 5, 6];
    const store = await polledAt(hours);
    // A row of each thousand of numbers, so that every moment has bounds of its own.
    lookInto(store.dataDir, (db) => {
      db.pragma('foreign_keys = OFF');
      db.exec(`DELETE FROM arrival; UPDATE session SET id = id * 1000;
        INSERT INTO arrival SELECT id / 1000, first_observed_at, first_observed_at FROM session`);
    });
    const iso = (hour: number) => new Date(NOON_MS + hour * HOUR_MS).toISOString();
    const hour = fc.constantFrom(...hours, 2.5, -100, 1_000);
    await fc.assert(
      fc.asyncProperty(hour, hour, fc.boolean(), async (a, b, isNot) => {
        const [from, until] = [Math.min(a, b), Math.max(a, b)];
        const expected = hours.flatMap((at, index) =>
          (at >= from && at <= until) !== isNot ? [`n${index}`] : [],
        );
        const range = `firstObservedAt:>=${iso(from)} firstObservedAt:<=${iso(until)}`;
        const query = isNot ? `NOT (${range})` : range;
        expect((await keysIn(store, query)).toSorted()).toEqual(expected.toSorted());
        expect(await store.read.count('sessions', query)).toBe(expected.length);
      }),
      { numRuns: 60 },
    );
  });

  it('orders a list as they were stored, which is as time went by', async () => {
    const store = await polledAt([0, 1, 2, 1, 3]);
    expect(await keysIn(store, '', 'firstObservedAt')).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
    expect(await keysIn(store, 'firstObservedAt:>=2026-11-20T13:00Z', '-firstObservedAt')).toEqual([
      'n4',
      'n3',
      'n2',
      'n1',
    ]);
  });

  it('is looked for among the numbers that it can have, and among no others', async () => {
    const store = await polledAt([0]);
    const db = openReader(join(store.dataDir, 'sessionscope.db'));
    const { sql, values } = filterOf('sessions', 'firstObservedAt:>2026-11-20', NOON_MS);
    const plan = db
      .prepare<[typeof values], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT id FROM session AS s WHERE ${sql}`,
      )
      .all(values);
    db.close();
    expect(plan.map(({ detail }) => detail)).toContain('SEARCH s USING INTEGER PRIMARY KEY (rowid>?)');
  });
});
