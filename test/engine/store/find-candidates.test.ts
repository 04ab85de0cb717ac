import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { check } from '../../../src/engine/query/check.ts';
import { indexedQuery } from '../../../src/engine/query/indexed-query.ts';
import { parse } from '../../../src/engine/query/parse.ts';
import { findCandidates } from '../../../src/engine/store/find-candidates.ts';
import { openReader } from '../../../src/engine/store/database.ts';
import { createNaming } from '../../../src/engine/store/filter.ts';
import { findingList } from '../../../src/engine/store/findings.ts';
import { incidentList } from '../../../src/engine/store/incidents.ts';
import { createPageMemory } from '../../../src/engine/store/page-memory.ts';
import { userList } from '../../../src/engine/store/user-list.ts';
import { sweep, testStore } from '../../support/data-dir.ts';
import { NOON_MS, sessionRecord } from '../../support/records.ts';

const MOST = 1_000;

describe('what indexes know of the rows that pass', () => {
  it.each([
    ['users', userList],
    ['findings', findingList],
    ['incidents', incidentList],
  ])('%s: the sessions of a country, where no login was imported', async (_name, { kinds }) => {
    const store = await testStore();
    await sweep(store, [sessionRecord(), sessionRecord({ key: 'ann-phone' })]);
    const db = openReader(join(store.dataDir, 'sessionscope.db'));
    onTestFinished(() => void db.close());
    const [listed] = kinds;
    if (listed === undefined) throw new Error('the list has no rows');

    const query = indexedQuery(check(parse('country:DE'), listed.fields, NOON_MS));
    const memory = createPageMemory();
    const naming = createNaming(db, memory, { entries: MOST, related: MOST });
    const found =
      query === null ? [] : findCandidates(db, query, { listed, nowMs: NOON_MS, memory, naming, most: MOST });
    expect(found.map(({ own, related }) => [own.size, related])).toEqual([[0, 2]]);
  });
});
