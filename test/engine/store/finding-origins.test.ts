import { describe, expect, it } from 'vitest';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { lookInto } from '../../support/recount.ts';
import { eventRecord, homeNetwork, ipFacts, NOON_MS, sessionRecord, sydney } from '../../support/records.ts';
import { all } from '../../support/triage.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const AWAY = '203.0.113.9';
const abroad = { ...homeNetwork, asn: 64_999, org: 'Far Away Ltd' };

/** A session that began far away minutes after another one in Berlin, and is in Berlin by now, too. */
async function movedStore(): Promise<TestStore> {
  const events = Array.from({ length: 40 }, (_, day) => eventRecord({ atMs: NOON_MS - (day + 1) * DAY_MS }));
  const store = await testStore();
  const startedAtMs = NOON_MS - 10 * MINUTE_MS;
  const home = sessionRecord({ key: 'home', startedAtMs });
  const away = sessionRecord({
    key: 'away',
    startedAtMs: startedAtMs + MINUTE_MS,
    ip: ipFacts(AWAY, sydney, abroad),
    place: sydney,
    network: abroad,
  });
  const { touched } = await sweep(store, { rows: [home, away], events });
  await judge(store, touched);
  await store.clock.advance(60 * MINUTE_MS);
  await sweep(store, [home, { ...home, key: 'away', startedAtMs: startedAtMs + MINUTE_MS }]);
  return store;
}

async function judge(store: TestStore, users: readonly number[]): Promise<void> {
  const { found, withdrawn, entriesAsOf } = await store.read.judge(users);
  await store.write.saveFindings(found, withdrawn, store.clock.now(), entriesAsOf);
}

describe('findings about a session that has moved on', () => {
  it.each([
    'country:AU',
    'city:Sydney',
    `ip:${AWAY}`,
    'ip:203.0.113.0/24',
    'asn:64999',
    'org:"Far Away Ltd"',
  ])('are found by where they came from: %s', async (query) => {
    const store = await movedStore();
    expect((await store.read.sessions({ ...all, query })).rows).toEqual([]);
    const { rows } = await store.read.findings({ ...all, query });
    expect(rows.map(({ rule }) => rule)).toContain('impossible-travel');
    const others = await store.read.findings({ ...all, query: `-${query}` });
    expect(others.rows.map(({ id }) => id).filter((id) => rows.some((each) => each.id === id))).toEqual([]);
    expect((await store.read.incidents({ ...all, query })).rows.map(({ rules }) => rules)).toEqual([
      expect.arrayContaining(['impossible-travel']),
    ]);
  });

  it('are found by where the session is now as well', async () => {
    const store = await movedStore();
    const { rows } = await store.read.findings({ ...all, query: 'country:DE' });
    expect(rows.map(({ rule }) => rule)).toContain('impossible-travel');
  });

  it('have no place that nobody saw', async () => {
    const store = await movedStore();
    const isSomewhere = 'count(ip_id) > 0 AND count(*) = count(ip_id)';
    const sql = `SELECT ${isSomewhere} FROM finding WHERE prefix IS NOT NULL OR asn IS NOT NULL`;
    expect(lookInto(store.dataDir, (db) => db.prepare(sql).pluck().get())).toBe(1);
    expect((await store.read.findings({ ...all, query: 'country:FR' })).rows).toEqual([]);
  });
});
