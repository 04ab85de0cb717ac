import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../../src/engine/store/care/doctor.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { factsIn } from '../../support/facts-in.ts';
import { berlin, firefox, ipFacts, NOON_MS, safari, sessionRecord, sydney } from '../../support/records.ts';
import { lookInto } from '../../support/recount.ts';
import { storedObservations } from '../../support/stored-observations.ts';

const HOUR_MS = 3_600_000;
const KEY = 'ann-laptop';

const rowsIn = ({ dataDir }: TestStore) =>
  lookInto(dataDir, (db) => Number(db.prepare('SELECT count(*) FROM observation').pluck().get()));

/** A poll `hour` hours after noon of a session that was used five minutes before it. */
const used = (hour: number, over: Parameters<typeof sessionRecord>[0] = {}) =>
  sessionRecord({ lastSeenAtMs: NOON_MS + hour * HOUR_MS - 300_000, ...over });

describe('observations of a session', () => {
  it('that only say that it was used again share a row', async () => {
    const store = await testStore();
    for (let hour = 0; hour < 30; hour += 1) {
      await sweep(store, [used(hour)]);
      await store.clock.advance(HOUR_MS);
    }
    expect(rowsIn(store)).toBe(1);
    const observations = await store.read.observations(KEY);
    expect(observations.map(({ at }) => at)).toEqual(
      Array.from({ length: 30 }, (_, hour) => new Date(NOON_MS + (29 - hour) * HOUR_MS).toISOString()),
    );
    expect(observations[0]).toMatchObject({ lastSeenAt: '2026-11-21T16:55:00.000Z', city: 'Berlin' });
  });

  it('begin a row where it moved, also back', async () => {
    const store = await testStore();
    for (const [hour, ip] of [
      ipFacts('198.51.100.7', berlin),
      ipFacts('203.0.113.9', sydney),
      ipFacts('198.51.100.7', berlin),
    ].entries()) {
      await sweep(store, [used(hour, { ip })]);
      await store.clock.advance(HOUR_MS);
    }
    expect(rowsIn(store)).toBe(3);
    expect((await store.read.observations(KEY)).map(({ city }) => city)).toEqual([
      'Berlin',
      'Sydney',
      'Berlin',
    ]);
  });

  it('do not take over what a database knew of the address before', async () => {
    const store = await testStore();
    await sweep(store, [used(0)]);
    await store.clock.advance(HOUR_MS);
    const potsdam = { ...berlin, city: 'Potsdam' };
    await sweep(store, [used(1, { ip: ipFacts('198.51.100.7', potsdam) })]);
    expect((await store.read.observations(KEY)).map(({ city }) => city)).toEqual(['Potsdam', 'Berlin']);
  });

  it('are to the rules what they are to the analyst, however they are stored', async () => {
    const polls = fc.array(
      fc.record({
        afterMs: fc.constantFrom(60_000, HOUR_MS, 12 * HOUR_MS, 12 * HOUR_MS, 12 * HOUR_MS),
        address: fc.constantFrom('198.51.100.7', '198.51.100.7', '198.51.100.7', '203.0.113.9', null),
        device: fc.constantFrom(firefox, firefox, safari),
        seenMs: fc.constantFrom(null, 0, 1, 59_999),
        expiresMs: fc.constantFrom(null, 40 * 24 * HOUR_MS),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(polls, async (all) => {
        const store = await testStore();
        const seen: string[] = [];
        let users: readonly number[] = [];
        for (const { afterMs, address, device, seenMs, expiresMs } of all) {
          await store.clock.advance(afterMs);
          const now = store.clock.now();
          const { observations, touched } = await sweep(store, [
            sessionRecord({
              ip: address === null ? null : ipFacts(address, berlin),
              ...{ device, userAgent: device.browser },
              startedAtMs: null,
              lastSeenAtMs: seenMs === null ? null : now - seenMs,
              expiresAtMs: expiresMs === null ? null : NOON_MS + expiresMs,
            }),
          ]);
          if (observations > 0) seen.push([now, address, device.browser].join());
          users = [...users, ...touched];
        }
        const sightings = factsIn(store, users[0] ?? 0)?.sightings ?? [];
        expect(sightings.map(({ toMs, ip, device }) => [toMs, ip, device?.browser].join())).toEqual(seen);
        expect(sightings.map(({ id }) => id)).toEqual(seen.map((_, nth) => `obs:${KEY}:${nth + 1}`));
        const shown = (await store.read.observations(KEY)).toReversed();
        expect(shown.map(({ at, ip, browser }) => [Date.parse(at), ip, browser].join())).toEqual(seen);
        expect(lookInto(store.dataDir, storedObservations).length).toBe(seen.length);
        await store.close();
      }),
      { numRuns: 25 },
    );
  });

  it('are counted one by one by the doctor', async () => {
    const store = await testStore();
    for (let hour = 0; hour < 5; hour += 1) {
      await sweep(store, [used(hour)]);
      await store.clock.advance(HOUR_MS);
    }
    expect(rowsIn(store)).toBe(1);
    expect(examine(store.dataDir, false).database?.observations).toBe(5);
  });

  it('from before the facts begin are left out, one by one', async () => {
    const store = await testStore();
    const users: number[] = [];
    for (let hour = 0; hour < 4; hour += 1) {
      users.push(...(await sweep(store, [used(hour)])).touched);
      await store.clock.advance(HOUR_MS);
    }
    expect(rowsIn(store)).toBe(1);
    const ids = factsIn(store, users[0] ?? 0, NOON_MS + 2 * HOUR_MS)?.sightings.map(({ id }) => id);
    expect(ids).toEqual([`obs:${KEY}:3`, `obs:${KEY}:4`]);
  });
});
