import { describe, expect, it } from 'vitest';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { NOON_MS, ruleFinding, sessionRecord } from '../../support/records.ts';
import { found } from '../../support/found.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Who is due, after which nobody is until time goes on. */
async function round(store: TestStore): Promise<readonly number[]> {
  const { users, untilMs } = await store.read.dueForJudging();
  await store.write.concludeJudging(untilMs);
  return users;
}

describe('users who are due because time went by', () => {
  it('are those whose live sessions came of age since the last round, each once', async () => {
    const store = await testStore();
    const begun = { startedAtMs: NOON_MS - 29 * DAY_MS };
    await sweep(store, [sessionRecord(begun), sessionRecord({ key: 'b', ...begun })]);
    expect(await round(store)).toEqual([]);
    await store.clock.advance(25 * HOUR_MS);
    expect(await round(store)).toEqual([1]);
    expect(await round(store)).toEqual([]);
    await store.clock.advance(60 * DAY_MS);
    expect(await round(store)).toEqual([1]);
  });

  it('are all of them in the first round, and nobody whose session is over', async () => {
    const store = await testStore();
    const user = (id: string) => ({ id, name: null, email: null });
    const old = { startedAtMs: NOON_MS - 200 * DAY_MS };
    await sweep(store, [
      sessionRecord({ key: 'a', user: user('a'), ...old }),
      sessionRecord({ key: 'b', user: user('b'), ...old, state: 'ended' }),
      sessionRecord({ key: 'c', user: user('c'), ...old, expiresAtMs: NOON_MS - HOUR_MS }),
    ]);
    expect(await round(store)).toEqual([1]);
  });

  it('are those whose sessions fell idle, where the source tells when they were used', async () => {
    const idle = { lastSeenAtMs: NOON_MS - 15 * DAY_MS };
    const telling = await testStore({ traits: { lastSeen: 'good' } });
    await sweep(telling, [sessionRecord(idle)]);
    expect(await round(telling)).toEqual([1]);
    const coarse = await testStore({ traits: { lastSeen: 'coarse' } });
    await sweep(coarse, [sessionRecord(idle)]);
    expect(await round(coarse)).toEqual([]);
  });

  it('are those who are gone for an hour, with a session left', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord({ userGone: true })]);
    expect(await round(store)).toEqual([]);
    await store.clock.advance(HOUR_MS);
    expect(await round(store)).toEqual([1]);
    expect((await store.read.judge([1])).found[0]?.findings).toMatchObject([
      { rule: 'session-outlives-user' },
    ]);
  });

  it('are those of whom a finding names a session that is over, or is to be told again', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    const finding = ruleFinding({ rule: 'old-session', atMs: NOON_MS - HOUR_MS, sessions: ['ann-laptop'] });
    await store.write.saveFindings([found(1, finding)]);
    await round(store);
    await store.clock.advance(HOUR_MS);
    await sweep(store, []);
    expect(await round(store)).toEqual([1]);
    expect(await round(store)).toEqual([]);
    await store.clock.advance(30 * DAY_MS);
    expect(await round(store)).toEqual([1]);
    expect((await store.read.judge([1])).withdrawn).toHaveLength(1);
  });
});

describe('a session that is still listed after its revoke', () => {
  const item = { source: 'chat', userId: 'u-ann', userName: 'Ann', hint: 'ab12', why: null };

  async function revokedStore(): Promise<TestStore> {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    const items = [{ session: 'ann-laptop', ...item, state: 'still-present' as const }];
    await store.write.createRevocation({ id: 'job', reason: 'stolen', createdAtMs: NOON_MS, items });
    await store.write.setRevocationState('job', 'done', NOON_MS);
    return store;
  }
  const listing = async (store: TestStore, complete = true) =>
    (await sweep(store, [sessionRecord()], { complete })).touched;

  it('has its user judged by the first complete listing after two polls, though nothing changed', async () => {
    const store = await revokedStore();
    await store.clock.advance(120_000);
    expect(await listing(store)).toEqual([]);
    await store.clock.advance(1);
    expect(await listing(store, false)).toEqual([]);
    expect(await listing(store)).toEqual([1]);

    const { found } = await store.read.judge([1]);
    expect(found[0]?.findings).toMatchObject([
      { rule: 'session-alive-after-revoke', sessions: ['ann-laptop'] },
    ]);
    await store.write.saveFindings(found);
    await store.clock.advance(60_000);
    expect(await listing(store)).toEqual([]);
  });

  it('is watched for a day', async () => {
    const store = await revokedStore();
    await store.clock.advance(DAY_MS);
    expect(await listing(store)).toEqual([]);
  });
});
