import { describe, expect, it } from 'vitest';
import type { SessionFacts } from '../../../src/engine/detect/facts.ts';
import type { RevocationItemState } from '../../../src/contract/revocation.ts';
import { chatConfig, sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { factsIn } from '../../support/facts-in.ts';
import { eventRecord, firefox, NOON_MS, sessionRecord } from '../../support/records.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const known = { name: 'Ann', email: null };

function liveOf(store: TestStore, sinceMs = 0): readonly SessionFacts[] {
  return factsIn(store, 1, sinceMs)?.sessions ?? [];
}

/** A revocation of Ann's laptop whose one item ended so. */
async function revoked(store: TestStore, state: RevocationItemState, id = 'job'): Promise<void> {
  const user = { userId: 'u-ann', userName: 'Ann', hint: 'ab12' };
  const items = [{ session: 'ann-laptop', source: 'chat', ...user, state, why: null }];
  await store.write.createRevocation({ id, reason: 'stolen', createdAtMs: store.clock.now(), items });
  await store.write.setRevocationState(id, 'done', store.clock.now());
}

describe('live sessions among the facts', () => {
  it('are told as they stand, however long nothing was seen of them', async () => {
    const store = await testStore({ traits: { hasExpiry: true, lastSeen: 'good' } });
    const old = { startedAtMs: NOON_MS - 300 * DAY_MS, lastSeenAtMs: NOON_MS - 250 * DAY_MS };
    await sweep(store, [sessionRecord({ ...old, expiresAtMs: NOON_MS + 400 * DAY_MS })]);
    await store.clock.advance(200 * DAY_MS);
    await sweep(store, [sessionRecord({ ...old, expiresAtMs: NOON_MS + 400 * DAY_MS })]);

    expect(liveOf(store, store.clock.now() - 180 * DAY_MS)).toEqual([
      {
        key: 'ann-laptop',
        source: 'chat',
        userId: 'u-ann',
        ...old,
        expiresAtMs: NOON_MS + 400 * DAY_MS,
        firstObservedAtMs: NOON_MS,
        lastListedAtMs: NOON_MS + 200 * DAY_MS,
        isUserGone: false,
        userGoneSinceMs: null,
        tellsExpiry: true,
        tellsLastSeen: true,
        device: firefox,
        isOwn: false,
        revokedAtMs: null,
        pollEveryMs: 60_000,
      },
    ]);
  });

  it('are neither over, nor expired, nor of a start nobody believes', async () => {
    const store = await testStore();
    const untrusted = { startedAtQuality: 'untrusted' } as const;
    await sweep(store, [
      sessionRecord({ key: 'a', ...untrusted }),
      sessionRecord({ key: 'b', expiresAtMs: NOON_MS + HOUR_MS }),
      sessionRecord({ key: 'c' }),
    ]);
    await store.clock.advance(2 * HOUR_MS);
    expect(liveOf(store).map(({ key, startedAtMs }) => [key, startedAtMs])).toEqual([
      ['a', null],
      ['c', NOON_MS - HOUR_MS],
    ]);
    await sweep(store, [sessionRecord({ key: 'a', ...untrusted })]);
    expect(liveOf(store).map(({ key }) => key)).toEqual(['a']);
  });

  it('say which are our own, or may be', async () => {
    const store = await testStore();
    const rows = [
      sessionRecord({ key: 'mine', isCurrent: true }),
      sessionRecord({ key: 'polling', isOwnPoll: true }),
      sessionRecord({ key: 'perhaps', isCurrent: null }),
      sessionRecord({ key: 'other' }),
    ];
    await sweep(store, rows, { account: 'u-ann' });
    const own = liveOf(store).map(({ key, isOwn }) => [key, isOwn]);
    expect(Object.fromEntries(own)).toEqual({ mine: true, polling: true, perhaps: true, other: false });
  });

  it('know since when their user is gone, whatever else changes, and forget it when he is back', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.clock.advance(HOUR_MS);
    await sweep(store, [sessionRecord({ userGone: true })]);
    await store.clock.advance(HOUR_MS);
    await sweep(store, [sessionRecord({ userGone: true, lastSeenAtMs: store.clock.now() })]);
    expect(liveOf(store)).toMatchObject([{ isUserGone: true, userGoneSinceMs: NOON_MS + HOUR_MS }]);
    await sweep(store, [sessionRecord()]);
    expect(liveOf(store)).toMatchObject([{ isUserGone: false, userGoneSinceMs: null }]);
  });

  it.each(['accepted', 'verified', 'still-present', 'unverifiable'] as const)(
    'know of our last revoke that ended as %s',
    async (state) => {
      const store = await testStore();
      await sweep(store, [sessionRecord()]);
      await revoked(store, state);
      await store.clock.advance(HOUR_MS);
      await revoked(store, state, 'again');
      expect(liveOf(store)).toMatchObject([{ revokedAtMs: NOON_MS + HOUR_MS }]);
    },
  );

  it.each(['planned', 'requested', 'failed', 'skipped', 'already-gone'] as const)(
    'know of no revoke that ended as %s',
    async (state) => {
      const store = await testStore();
      await sweep(store, [sessionRecord()]);
      await revoked(store, state);
      expect(liveOf(store)).toMatchObject([{ revokedAtMs: null }]);
    },
  );

  it('are kept apart by source, also where users are called alike', async () => {
    const store = await testStore();
    await store.write.putSource(chatConfig('files'), false);
    await sweep(store, [sessionRecord()]);
    const namesake = { id: 'u-ann', name: 'Ann', email: null };
    await sweep(store, [sessionRecord({ key: 'b', user: namesake })], { source: 'files' });
    await revoked(store, 'verified');
    expect(factsIn(store, 2)?.sessions).toMatchObject([{ key: 'b', source: 'files', revokedAtMs: null }]);
  });
});

describe('a user whose facts begin late', () => {
  it('is known by when it was last seen before, and its source by its first complete listing', async () => {
    const store = await testStore({ traits: { history: 'events' } });
    const user = { id: 'u-ann', ...known };
    const events = [eventRecord({ user, atMs: NOON_MS - 300 * DAY_MS })];
    await sweep(store, { rows: [], events });
    await store.clock.advance(DAY_MS);
    await sweep(store, { rows: [sessionRecord({ user, startedAtMs: store.clock.now() })], events });

    const since = NOON_MS - 180 * DAY_MS;
    expect(factsIn(store, 1, since)?.users).toMatchObject([
      { seenBeforeMs: NOON_MS - 300 * DAY_MS, sourceSinceMs: NOON_MS },
    ]);
    expect(factsIn(store, 1)?.users).toMatchObject([{ seenBeforeMs: null }]);
  });
});
