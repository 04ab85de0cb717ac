import { describe, expect, it } from 'vitest';
import { sweep, testStore } from '../../support/data-dir.ts';
import { factsIn } from '../../support/facts-in.ts';
import {
  berlin,
  eventRecord,
  firefox,
  homeNetwork,
  ipFacts,
  NOON_MS,
  sessionRecord,
  sydney,
} from '../../support/records.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const noStart = { startedAtMs: null, startedAtQuality: 'missing' } as const;

describe('what the rules may know of a person', () => {
  it('tells a session start exactly, with what the first poll saw of it', async () => {
    const store = await testStore();
    const { touched } = await sweep(store, [sessionRecord()]);

    expect(factsIn(store, touched[0] ?? 0)).toMatchObject({
      users: [{ source: 'chat', userId: 'u-ann', userName: 'Ann', tags: [] }],
      nowMs: NOON_MS,
      sightings: [
        {
          id: 'start:ann-laptop',
          kind: 'start',
          fromMs: NOON_MS - HOUR_MS,
          toMs: NOON_MS - HOUR_MS,
          quality: 'reported',
          outcome: 'success',
          source: 'chat',
          userId: 'u-ann',
          sessionKey: 'ann-laptop',
          ip: '198.51.100.7',
          ipClass: 'public',
          place: berlin,
          network: homeNetwork,
          device: firefox,
          userAgent: sessionRecord().userAgent,
          isOwnPoll: false,
          idReconnects: false,
        },
      ],
    });
  });

  it('bounds a session without a believable start by the complete sweep before it', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord({ key: 'a', ...noStart })]);
    await store.clock.advance(HOUR_MS);
    await sweep(store, [], { complete: false });
    await store.clock.advance(HOUR_MS);
    const untrusted = { startedAtMs: NOON_MS, startedAtQuality: 'untrusted' } as const;
    await sweep(store, [sessionRecord({ key: 'a', ...noStart }), sessionRecord({ key: 'b', ...untrusted })]);

    expect(factsIn(store, 1)?.sightings).toMatchObject([
      { id: 'obs:a:1', kind: 'activity', fromMs: null, toMs: NOON_MS },
      { id: 'obs:b:1', kind: 'activity', fromMs: NOON_MS, toMs: NOON_MS + 2 * HOUR_MS },
    ]);
  });

  it('is the same after more polls and a restart', async () => {
    const store = await testStore();
    const rows = [
      sessionRecord(),
      sessionRecord({ key: 'b', ...noStart, ip: ipFacts('203.0.113.9', sydney) }),
    ];
    await sweep(store, { rows, events: [eventRecord()] });
    const before = factsIn(store, 1)?.sightings;
    await store.clock.advance(HOUR_MS);
    await sweep(store, { rows, events: [eventRecord()] });
    await store.close();
    const again = await testStore({ dataDir: store.dataDir });

    expect(before).toHaveLength(3);
    expect(factsIn(again, 1)?.sightings).toEqual(before);
  });

  it('tells reported logins and failures, in order, and nothing it made up itself', async () => {
    const store = await testStore({ traits: { history: 'events' } });
    await sweep(store, {
      rows: [sessionRecord()],
      events: [
        eventRecord({ atMs: NOON_MS - 1000, kind: 'failure', outcome: 'failure' }),
        eventRecord({ atMs: NOON_MS - 2000, sessionKey: 'ann-laptop' }),
        eventRecord({ atMs: NOON_MS - 3000, kind: 'refresh' }),
      ],
    });

    expect(factsIn(store, 1)?.sightings).toMatchObject([
      { id: 'start:ann-laptop' },
      { kind: 'login', outcome: 'success', sessionKey: 'ann-laptop', quality: 'reported' },
      { kind: 'login', outcome: 'failure', sessionKey: null },
    ]);
  });

  it('reaches back only as far as it is asked, and knows nobody it does not know', async () => {
    const store = await testStore();
    await sweep(store, {
      rows: [sessionRecord({ startedAtMs: NOON_MS - 100 * DAY_MS })],
      events: [eventRecord(), eventRecord({ atMs: NOON_MS - 100 * DAY_MS })],
    });

    const sightings = factsIn(store, 1, NOON_MS - 90 * DAY_MS)?.sightings;
    expect(sightings?.map(({ kind }) => kind)).toEqual(['login']);
    expect(factsIn(store, 999)).toBeNull();
  });

  it('marks what our own polling request left behind', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord({ isOwnPoll: true })]);
    expect(factsIn(store, 1)?.sightings).toMatchObject([{ isOwnPoll: true }]);
  });
});
