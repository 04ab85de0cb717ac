import { describe, expect, it } from 'vitest';
import { check } from '../../../src/engine/query/check.ts';
import { parse } from '../../../src/engine/query/parse.ts';
import { toSql } from '../../../src/engine/query/to-sql.ts';
import { eventList } from '../../../src/engine/store/event-list.ts';
import { chatConfig, sweep, testStore } from '../../support/data-dir.ts';
import { lookInto } from '../../support/recount.ts';
import { eventRecord, ipFacts, NOON_MS, sessionRecord } from '../../support/records.ts';

const all = { query: '', sort: 'at', limit: 50, cursor: null };

describe('events', () => {
  it('are stored once however often a source tells of them', async () => {
    const store = await testStore({ traits: { history: 'events' } });
    const event = eventRecord({ sessionKey: 'unheard-of' });
    await sweep(store, { events: [event, event] });
    const again = await sweep(store, { events: [event] });

    expect(again.touched).toEqual([]);
    const { rows } = await store.read.events(all);
    expect(rows).toMatchObject([
      {
        id: '1',
        source: 'chat',
        userId: 'u-ann',
        userName: 'Ann',
        at: '2026-11-20T11:00:00.000Z',
        kind: 'login',
        outcome: 'success',
        origin: 'reported',
        session: 'unheard-of',
        city: 'Berlin',
        browser: 'Firefox',
      },
    ]);
  });

  it.each([
    ['moment', { atMs: NOON_MS }],
    ['kind', { kind: 'refresh' }],
    ['user', { user: { id: 'u-bob', name: null, email: null } }],
    ['address', { ip: ipFacts('10.0.0.1') }],
    ['missing address', { ip: null }],
    ['user agent', { userAgent: null }],
    ['session', { sessionKey: 'ann-laptop' }],
  ] as const)('with another %s are other events', async (_, difference) => {
    const store = await testStore();
    await sweep(store, { events: [eventRecord(), eventRecord(difference)] });
    expect((await store.read.events(all)).total).toBe(2);
  });

  it('stay the same events when the session they name is stored later', async () => {
    const store = await testStore({ traits: { history: 'events' } });
    const event = eventRecord({ sessionKey: 'ann-laptop' });
    await sweep(store, { events: [event] });
    expect((await store.read.events({ ...all, query: 'session:ann-laptop' })).total).toBe(1);
    await sweep(store, { rows: [sessionRecord()], events: [event] });

    expect((await store.read.events(all)).rows).toMatchObject([{ id: '1', session: 'ann-laptop' }]);
    expect((await store.read.events({ ...all, query: 'session:ann-laptop' })).total).toBe(1);
  });

  it('are found by their source, also where none of its sessions tells of a login', async () => {
    const store = await testStore();
    await store.write.putSource(chatConfig('silent'), false);
    await sweep(store, [sessionRecord()]);
    const quiet = sessionRecord({ key: 'quiet', startedAtQuality: 'derived' });
    await sweep(store, [quiet], { source: 'silent' });
    await sweep(store, [], { source: 'silent' });
    const found = async (query: string) =>
      (await store.read.events({ ...all, query })).rows.map(({ source, kind }) => `${source} ${kind}`);

    expect(await found('source:chat')).toEqual(['chat login']);
    expect(await found('source:silent')).toEqual(['silent end']);
    expect(await found('NOT source:silent')).toEqual(['chat login']);
    expect(await found('NOT source:chat')).toEqual(['silent end']);
  });

  it('leaves no session to look at for logins of a source that tells of none', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord({ startedAtQuality: 'derived' })]);
    const [told] = eventList.kinds;
    const { sql, values } = toSql(check(parse('source:chat'), told?.fields ?? [], NOON_MS), NOON_MS);
    const looked = lookInto(store.dataDir, (db) =>
      db
        .prepare<[typeof values], number>(`SELECT count(*) FROM session AS s WHERE ${sql}`)
        .pluck()
        .get(values),
    );
    expect(looked).toBe(0);
  });

  it('follow from sessions where the source reports none', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord(), sessionRecord({ key: 'resumed', startedAtQuality: 'derived' })]);
    await sweep(store, [sessionRecord({ key: 'resumed', startedAtQuality: 'derived' })]);

    expect((await store.read.events(all)).rows).toMatchObject([
      {
        kind: 'login',
        origin: 'synthesised',
        session: 'ann-laptop',
        at: '2026-11-20T11:00:00.000Z',
        city: 'Berlin',
      },
      { kind: 'end', origin: 'synthesised', session: 'ann-laptop', at: '2026-11-20T12:00:00.000Z' },
    ]);
  });

  it("of ended sessions in a source's history are kept, and that they ended is believed", async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()], { complete: false });
    const past = sessionRecord({ key: 'past', state: 'ended', startedAtMs: NOON_MS - 9_000_000 });
    const told = await sweep(
      store,
      { history: [past, sessionRecord({ state: 'ended' })] },
      { complete: false },
    );
    const again = await sweep(store, { history: [past] }, { complete: false });

    expect(told).toMatchObject({ newSessions: 0, observations: 1 });
    expect(again.touched).toEqual([]);
    expect(await store.read.session('past')).toMatchObject({ state: 'ended', endedAt: null });
    expect(await store.read.session('ann-laptop')).toMatchObject({
      state: 'ended',
      endedAt: '2026-11-20T12:00:00.000Z',
    });
  });
});
