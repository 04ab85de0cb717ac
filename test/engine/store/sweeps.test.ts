import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/contract/session.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { factsIn } from '../../support/facts-in.ts';
import { berlin, ipFacts, NOON_MS, safari, sessionRecord, sydney } from '../../support/records.ts';

const MINUTE_MS = 60_000;

async function get(store: TestStore, key: string): Promise<Session> {
  const session = await store.read.session(key);
  if (session === null) throw new Error(`no session ${key}`);
  return session;
}

const phone = sessionRecord({ key: 'ann-phone', device: safari, userAgent: 'Safari' });

describe('a session in a sweep', () => {
  it('is stored with every key the contract promises', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord({ expiresAtMs: NOON_MS + MINUTE_MS })]);

    expect(await get(store, 'ann-laptop')).toEqual({
      key: 'ann-laptop',
      source: 'chat',
      account: 'u-admin',
      userId: 'u-ann',
      userName: 'Ann',
      personId: null,
      state: 'active',
      current: false,
      startedAt: '2026-11-20T11:00:00.000Z',
      startedAtQuality: 'reported',
      lastSeenAt: null,
      expiresAt: '2026-11-20T12:01:00.000Z',
      firstObservedAt: '2026-11-20T12:00:00.000Z',
      lastObservedAt: '2026-11-20T12:00:00.000Z',
      endedAt: null,
      ip: '198.51.100.7',
      ipClass: 'public',
      country: 'DE',
      region: 'Land Berlin',
      city: 'Berlin',
      lat: 52.52,
      lon: 13.405,
      accuracyKm: 20,
      placeFrom: 'database',
      asn: 64500,
      org: 'Example Cable',
      networkKinds: ['fixed'],
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
      browser: 'Firefox',
      browserVersion: '145.0',
      os: 'Windows',
      osVersion: '10',
      deviceKind: 'desktop',
      impersonatedBy: null,
      hint: 'ab12',
      revocable: true,
      findings: [],
    });
  });

  it('ends when a complete sweep no longer lists it', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord(), phone]);
    await store.clock.advance(MINUTE_MS);
    const { ended } = await sweep(store, [phone]);

    expect(ended).toBe(1);
    expect(await get(store, 'ann-laptop')).toMatchObject({
      state: 'ended',
      endedAt: '2026-11-20T12:01:00.000Z',
      lastObservedAt: '2026-11-20T12:00:00.000Z',
      revocable: false,
    });
    expect(await get(store, 'ann-phone')).toMatchObject({
      state: 'active',
      lastObservedAt: '2026-11-20T12:01:00.000Z',
    });
  });

  it('stays as it was when the sweep that misses it was not complete', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord(), phone]);
    await store.clock.advance(MINUTE_MS);
    const { ended } = await sweep(store, [phone], { complete: false });

    expect(ended).toBe(0);
    expect((await get(store, 'ann-laptop')).state).toBe('active');
    expect((await get(store, 'ann-laptop')).lastObservedAt).toBe('2026-11-20T12:00:00.000Z');
    expect((await get(store, 'ann-phone')).lastObservedAt).toBe('2026-11-20T12:01:00.000Z');
    expect((await store.read.sources())[0]).toMatchObject({ problem: { code: 'timeout' }, liveSessions: 2 });
  });

  it('leaves the sessions of another account alone when the API lists only its own', async () => {
    const store = await testStore({ traits: { scope: 'self' } });
    await sweep(store, [sessionRecord()], { account: 'u-ann' });
    await sweep(store, [phone], { account: 'u-bob' });

    expect((await get(store, 'ann-laptop')).state).toBe('active');
  });

  it('ends for whichever administrator misses it when the API lists everybody', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord(), phone], { account: 'u-admin' });
    await sweep(store, [phone], { account: 'u-other-admin' });

    expect((await get(store, 'ann-laptop')).state).toBe('ended');
  });

  it('comes back to life with an observation when it is listed again', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await sweep(store, []);
    await store.write.markRevoked(['ann-laptop'], NOON_MS);
    expect((await get(store, 'ann-laptop')).state).toBe('revoked');
    await store.clock.advance(MINUTE_MS);
    const { observations, touched } = await sweep(store, [sessionRecord()]);

    expect(observations).toBe(1);
    expect(touched).toHaveLength(1);
    expect(await get(store, 'ann-laptop')).toMatchObject({ state: 'active', endedAt: null, revocable: true });
    expect(await store.read.observations('ann-laptop')).toHaveLength(2);
  });

  it('has expired once its time has come, whatever the source last said', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord({ expiresAtMs: NOON_MS + MINUTE_MS })]);
    await store.clock.advance(MINUTE_MS);

    expect(await get(store, 'ann-laptop')).toMatchObject({ state: 'expired', revocable: false });
    expect((await store.read.sources())[0]?.liveSessions).toBe(0);
  });

  it('counts once however often a sweep lists it', async () => {
    const store = await testStore();
    const elsewhere = sessionRecord({ ip: ipFacts('203.0.113.9', sydney) });
    const { newSessions, observations } = await sweep(store, [sessionRecord(), elsewhere]);

    expect({ newSessions, observations }).toEqual({ newSessions: 1, observations: 1 });
    expect((await get(store, 'ann-laptop')).city).toBe('Berlin');
  });

  it('keeps its first start when a later one is no better known', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord({ startedAtQuality: 'derived' })]);
    await sweep(store, [sessionRecord({ startedAtQuality: 'derived', startedAtMs: NOON_MS })]);
    expect((await get(store, 'ann-laptop')).startedAt).toBe('2026-11-20T11:00:00.000Z');

    await sweep(store, [sessionRecord({ startedAtMs: NOON_MS - MINUTE_MS })]);
    expect(await get(store, 'ann-laptop')).toMatchObject({
      startedAt: '2026-11-20T11:59:00.000Z',
      startedAtQuality: 'reported',
    });
  });

  it('can be revoked only where the API can', async () => {
    const store = await testStore({ traits: { canRevokeOne: false } });
    await sweep(store, [sessionRecord()]);

    expect((await get(store, 'ann-laptop')).revocable).toBe(false);
  });
});

describe('polling again', () => {
  it('writes no observation for what did not change', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord(), phone]);
    await store.clock.advance(MINUTE_MS);
    const again = await sweep(store, [sessionRecord(), phone]);

    expect(again).toMatchObject({ newSessions: 0, observations: 0, touched: [], ended: 0 });
  });

  it('keeps what changed and when the old values were last seen', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.clock.advance(MINUTE_MS);
    await sweep(store, [sessionRecord()]);
    await store.clock.advance(MINUTE_MS);
    const moved = sessionRecord({ ip: ipFacts('203.0.113.9', sydney) });
    const { touched } = await sweep(store, [moved]);

    expect(await store.read.observations('ann-laptop')).toMatchObject([
      { at: '2026-11-20T12:02:00.000Z', ip: '203.0.113.9', city: 'Sydney' },
      { at: '2026-11-20T12:00:00.000Z', ip: '198.51.100.7', city: 'Berlin' },
    ]);
    const facts = factsIn(store, touched[0] ?? 0);
    expect(facts?.sightings.map(({ id, fromMs, toMs }) => ({ id, fromMs, toMs }))).toEqual([
      { id: 'start:ann-laptop', fromMs: NOON_MS - 60 * MINUTE_MS, toMs: NOON_MS - 60 * MINUTE_MS },
      { id: 'obs:ann-laptop:2', fromMs: NOON_MS + MINUTE_MS, toMs: NOON_MS + 2 * MINUTE_MS },
    ]);
  });

  it('takes a new place of the same address as news of the database, not of the session', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    const { observations } = await sweep(store, [
      sessionRecord({ ip: ipFacts('198.51.100.7', { ...berlin, city: 'Potsdam' }) }),
    ]);

    expect(observations).toBe(0);
    expect((await get(store, 'ann-laptop')).city).toBe('Potsdam');
  });

  it('keeps moving clocks once a quarter of an hour', async () => {
    const store = await testStore();
    for (const minute of [0, 5, 10, 16]) {
      await sweep(store, [sessionRecord({ lastSeenAtMs: NOON_MS + minute * MINUTE_MS })]);
    }

    expect((await get(store, 'ann-laptop')).lastSeenAt).toBe('2026-11-20T12:16:00.000Z');
    expect((await store.read.observations('ann-laptop')).map(({ lastSeenAt }) => lastSeenAt)).toEqual([
      '2026-11-20T12:16:00.000Z',
      '2026-11-20T12:00:00.000Z',
    ]);
  });
});
