import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openReader } from '../../../src/engine/store/database.ts';
import { pageMemories } from '../../../src/engine/store/page-memory.ts';
import { RowSet } from '../../../src/engine/store/row-set.ts';
import { chatConfig, sweep, testStore } from '../../support/data-dir.ts';
import { sessionRecord } from '../../support/records.ts';

/** A company of one session, and how often its sessions were counted in so many pages. */
async function pages() {
  const store = await testStore();
  await store.write.putSource(chatConfig(), false);
  await sweep(store, [sessionRecord({ key: 'one' })]);
  const db = openReader(join(store.dataDir, 'sessionscope.db'));
  onTestFinished(() => void db.close());
  const memoryOfPage = pageMemories(db);
  let counts = 0;
  const count = () => {
    counts += 1;
    return String(db.prepare('SELECT count(*) FROM session').pluck().get());
  };
  const page = db.transaction(() => memoryOfPage()('how many', count));
  return { store, page, memoryOfPage, counts: () => counts };
}

describe('the memory of pages', () => {
  it('knows what an earlier page asked, until somebody writes', async () => {
    const { store, page, counts } = await pages();
    expect([page(), page(), page()]).toEqual(['1', '1', '1']);
    expect(counts()).toBe(1);
    await sweep(store, [sessionRecord({ key: 'one' }), sessionRecord({ key: 'two' })]);
    expect([page(), page()]).toEqual(['2', '2']);
    expect(counts()).toBe(2);
  });

  it('asks again for what is too large to be kept, once a page', async () => {
    const { memoryOfPage } = await pages();
    let asked = 0;
    const large = () => {
      asked += 1;
      return RowSet.of([40_000_000]);
    };
    for (let nth = 0; nth < 2; nth += 1) {
      const memory = memoryOfPage();
      memory('which', large);
      memory('which', large);
    }
    expect(asked).toBe(2);
  });

  it('forgets nothing for what is too large to be kept', async () => {
    const { page, memoryOfPage, counts } = await pages();
    page();
    memoryOfPage()('which', () => RowSet.of([40_000_000]));
    page();
    expect(counts()).toBe(1);
  });

  it('forgets what many other pages asked since', async () => {
    const { page, memoryOfPage, counts } = await pages();
    page();
    for (let nth = 0; nth < 100; nth += 1) memoryOfPage()(`question ${nth}`, () => 'answer '.repeat(10_000));
    page();
    expect(counts()).toBe(2);
  });
});
