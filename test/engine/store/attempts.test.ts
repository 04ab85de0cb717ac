import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AttemptReader } from '../../../src/engine/store/attempts.ts';
import { openReader } from '../../../src/engine/store/database.ts';
import { chatConfig, sweep, testStore } from '../../support/data-dir.ts';
import { eventRecord, NOON_MS, sessionRecord } from '../../support/records.ts';

const DAY_MS = 86_400_000;
const MIDNIGHT_MS = NOON_MS - DAY_MS / 2;
const sources = [
  { id: 1, name: 'chat' },
  { id: 2, name: 'app' },
  { id: 3, name: 'quiet' },
];

/** Ten logins at each of two sources, one of which reports failures too. */
async function attemptReader(): Promise<AttemptReader> {
  const store = await testStore();
  await store.write.putSource(chatConfig('app'), false);
  await store.write.putSource(chatConfig('quiet'), false);
  const started = Array.from({ length: 10 }, (_, at) =>
    sessionRecord({ key: `session-${at}`, startedAtMs: MIDNIGHT_MS + at * 60_000 }),
  );
  await sweep(store, started);
  await sweep(
    store,
    started.map((row) => ({ ...row, key: `app-${row.key}` })),
    { source: 'app' },
  );
  const events = Array.from({ length: 3 }, (_, at) =>
    eventRecord({ kind: 'failure', outcome: 'failure', atMs: MIDNIGHT_MS + at }),
  );
  await sweep(store, { rows: started, events });
  const db = openReader(join(store.dataDir, 'sessionscope.db'));
  onTestFinished(() => void db.close());
  return new AttemptReader(db);
}

describe('what was tried on a day', () => {
  it.each([
    { what: 'all at once', mostAtOnce: 1_000 },
    { what: 'one by one where it is too much', mostAtOnce: 12 },
  ])('is the same of each source, read $what', async ({ mostAtOnce }) => {
    const reader = await attemptReader();
    const all = reader.readAll(sources, MIDNIGHT_MS, MIDNIGHT_MS + DAY_MS, mostAtOnce);
    const alone = sources.map((source) => reader.read(source, MIDNIGHT_MS, MIDNIGHT_MS + DAY_MS));
    expect(alone.map(({ length }) => length)).toEqual([13, 10, 0]);
    expect(sources.map(({ id }) => all.get(id) ?? [])).toEqual(alone);
    const keys = alone[1]?.map(({ sighting }) => sighting.session.key);
    expect(keys).toEqual(Array.from({ length: 10 }, (_, at) => `app-session-${at}`));
  });
});
