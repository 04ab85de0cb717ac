import { describe, expect, it } from 'vitest';
import { sweep, testStore } from '../../support/data-dir.ts';
import { factsIn } from '../../support/facts-in.ts';
import { eventRecord, ipFacts, NOON_MS, safari, sessionRecord, sydney } from '../../support/records.ts';

const MINUTE_MS = 60_000;
const reconnects = { idReconnects: true };
const first = sessionRecord({ key: 'first', startedAtQuality: 'derived' });
const second = sessionRecord({
  key: 'second',
  hint: 'zz99',
  startedAtQuality: 'derived',
  startedAtMs: NOON_MS + MINUTE_MS,
});

async function reconnected(later: readonly ReturnType<typeof sessionRecord>[], minutes = 1) {
  const store = await testStore({ traits: { idStability: 'reconnects' } });
  await sweep(store, [first], reconnects);
  await store.clock.advance(minutes * MINUTE_MS);
  return { store, result: await sweep(store, later, reconnects) };
}

describe('a session that reconnects under a new id', () => {
  it('goes on under its public key', async () => {
    const { store, result } = await reconnected([second]);

    expect(result.joined).toEqual(new Map([['second', 'first']]));
    expect(result.ended).toBe(0);
    const { rows } = await store.read.sessions({ query: '', sort: null, limit: 10, cursor: null });
    expect(rows).toMatchObject([
      {
        key: 'first',
        state: 'active',
        hint: 'zz99',
        startedAt: '2026-11-20T11:00:00.000Z',
        firstObservedAt: '2026-11-20T12:00:00.000Z',
      },
    ]);
  });

  it('is known by either id from then on', async () => {
    const { store } = await reconnected([second]);
    const again = await sweep(store, [second], reconnects);

    expect(again).toMatchObject({ newSessions: 0, observations: 0, ended: 0 });
    expect(again.canonical).toEqual(new Map([['second', 'first']]));
    expect((await store.read.session('second'))?.key).toBe('first');
    expect(
      (await store.read.planCandidates(null, ['first', 'second', 'nobody'])).map(({ key }) => key),
    ).toEqual(['first']);
    expect((await store.read.observations('second')).length).toBe(1);
    expect(
      (await store.read.events({ query: 'session:first', sort: null, limit: 9, cursor: null })).rows,
    ).toEqual([]);
  });

  it('takes what was reported of the new id along', async () => {
    const store = await testStore({ traits: { idStability: 'reconnects' } });
    await sweep(store, [first], reconnects);
    await sweep(store, { rows: [second], events: [eventRecord({ sessionKey: 'second' })] }, reconnects);

    const { rows } = await store.read.events({ query: 'session:first', sort: null, limit: 9, cursor: null });
    expect(rows).toMatchObject([{ session: 'first', origin: 'reported' }]);
  });

  it('shows the reconnect as activity when some time has passed', async () => {
    const { store } = await reconnected([second], 30);
    const facts = factsIn(store, 1);

    expect(facts?.sightings).toMatchObject([
      { id: 'start:first', kind: 'start', quality: 'derived', idReconnects: true },
      { id: 'obs:first:2', kind: 'activity', fromMs: NOON_MS, toMs: NOON_MS + 30 * MINUTE_MS },
    ]);
  });

  it.each([
    ['another address', { ip: ipFacts('203.0.113.9', sydney) }],
    ['an unknown address', { ip: null }],
    ['another device', { device: safari, userAgent: 'Safari' }],
    ['another user', { user: { id: 'u-bob', name: 'Bob', email: null } }],
  ])('is not joined with one of %s', async (_, difference) => {
    const { store, result } = await reconnected([{ ...second, ...difference }]);

    expect(result.joined.size).toBe(0);
    expect(result.ended).toBe(1);
    expect((await store.read.session('first'))?.state).toBe('ended');
  });

  it('is joined with one new session only, and never while it is still listed', async () => {
    const third = { ...second, key: 'third' };
    const { store, result } = await reconnected([second, third]);
    expect(result.joined.size).toBe(1);
    expect((await store.read.sources())[0]?.liveSessions).toBe(2);

    const { result: listed } = await reconnected([first, second]);
    expect(listed.joined.size).toBe(0);
  });

  it('is not joined where ids are stable or the sweep was not complete', async () => {
    const store = await testStore();
    await sweep(store, [first]);
    expect((await sweep(store, [second], { ...reconnects, complete: false })).joined.size).toBe(0);
    expect((await store.read.session('first'))?.state).toBe('active');
    expect((await sweep(store, [{ ...second, key: 'third' }])).joined.size).toBe(0);
  });
});
