import { describe, expect, it } from 'vitest';
import type { CountryPolicy } from '../../../src/contract/country-policy.ts';
import { ChangeJudging } from '../../../src/engine/poll/change-judging.ts';
import { createJudge } from '../../../src/engine/poll/judge.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { berlin, ipFacts, sessionRecord, sydney } from '../../support/records.ts';
import { all, draft } from '../../support/triage.ts';

const away = { ip: ipFacts('203.0.113.9', sydney) };
const userOf = (id: string) => ({ id, name: id, email: null });

/** Ann in Berlin, Bob in Sydney, Cem nowhere, and Dee who moved from Sydney to Berlin within one session. */
async function company() {
  const store = await testStore();
  const { judge } = createJudge({ store, clock: store.clock, onFindings: () => undefined });
  const poll = async (...deeIsAway: boolean[]) => {
    for (const isAway of deeIsAway) {
      const { touched } = await sweep(store, [
        sessionRecord({ key: 'ann', user: userOf('u-ann') }),
        sessionRecord({ key: 'bob', user: userOf('u-bob'), ...away }),
        sessionRecord({ key: 'cem', user: userOf('u-cem'), ip: null }),
        sessionRecord({ key: 'dee', user: userOf('u-dee'), ...(isAway ? away : {}) }),
      ]);
      await judge(new Set(touched));
      await store.clock.advance(60_000);
    }
  };
  await poll(true, false);
  return { store, judge, judging: judgingOf(store) };
}

const judgingOf = (store: TestStore) =>
  new ChangeJudging({
    read: store.read,
    write: store.write,
    judge: createJudge({ store, clock: store.clock, onFindings: () => undefined }).judge,
    onBug: (error) => expect.unreachable(String(error)),
  });

const told = async (store: TestStore) =>
  (await store.read.findings({ ...all, query: 'rule:country-policy', sort: 'at' })).rows
    .map(({ userId }) => userId)
    .sort();

const allow = (...countries: string[]): CountryPolicy => ({ kind: 'allow', countries });
const deny = (...countries: string[]): CountryPolicy => ({ kind: 'deny', countries });

describe('the policy of countries', () => {
  it('is none until somebody sets it, and is kept with an audit entry of what it was before', async () => {
    const { store } = await company();
    expect(await store.read.countryPolicy()).toEqual({ kind: 'none' });
    expect(await store.read.policyChange()).toBeNull();
    await store.write.setPolicy(allow('DE'), { ...draft, action: 'policy.set' });
    expect(await store.read.countryPolicy()).toEqual(allow('DE'));
    expect((await store.read.audit(1, null))[0]).toMatchObject({
      action: 'policy.set',
      detail: { policy: { kind: 'allow', countries: ['DE'] }, before: { kind: 'none' } },
    });
  });

  it('has those judged again whom it concerns, one who has moved on since included, and nobody else', async () => {
    const { store, judging } = await company();
    expect(await told(store)).toEqual([]);
    await store.write.setPolicy(allow('DE'), draft);
    expect(await judging.run()).toMatchObject({ users: 2 });
    expect(await told(store)).toEqual(['u-bob', 'u-dee']);
    expect(await store.read.policyChange()).toBeNull();
  });

  it('takes back what it said once it says it no more', async () => {
    const { store, judging } = await company();
    await store.write.setPolicy(deny('AU'), draft);
    await judging.run();
    expect(await told(store)).toEqual(['u-bob', 'u-dee']);
    await store.write.setPolicy(deny('DE'), draft);
    expect(await judging.run()).toMatchObject({ users: 3 });
    expect(await told(store)).toEqual(['u-ann', 'u-dee']);
    await store.write.setPolicy({ kind: 'none' }, draft);
    await judging.run();
    expect(await told(store)).toEqual([]);
  });

  it('counts for whoever is polled before those whom it concerns are judged, and forgets nobody then', async () => {
    const { store, judge, judging } = await company();
    await store.write.setPolicy(deny('AU'), draft);
    const { touched } = await sweep(store, [sessionRecord({ key: 'eve', user: userOf('u-eve'), ...away })]);
    await judge(new Set(touched));
    expect(await told(store)).toEqual(['u-eve']);
    // Back to what everybody was judged by, before anybody was judged by anything else.
    await store.write.setPolicy({ kind: 'none' }, draft);
    await judging.run();
    expect(await told(store)).toEqual([]);
  });

  it('is judged by the next engine when this one was cut off, and again when it changed meanwhile', async () => {
    const { store, judging } = await company();
    await store.write.setPolicy(deny('AU'), draft);
    await judging.close();
    await judging.run();
    expect(await told(store)).toEqual([]);
    const change = await store.read.policyChange();
    await store.write.setPolicy(deny('DE'), draft);
    await store.write.settlePolicy(change?.revision ?? -1);
    await judgingOf(store).run();
    expect(await told(store)).toEqual(['u-ann', 'u-dee']);
  });

  it('previews what it would speak against, and what it can’t know', async () => {
    const { store } = await company();
    expect(await store.read.previewPolicy(allow('DE'))).toEqual({
      days: 90,
      sessions: 4,
      unplaced: 1,
      against: { sessions: 1, users: 1 },
      countries: [{ country: 'AU', sessions: 1, users: 1 }],
    });
    const both = await store.read.previewPolicy(deny('AU', 'DE'));
    expect(both.against).toEqual({ sessions: 3, users: 3 });
    expect(both.countries.map(({ country }) => country)).toEqual(['DE', 'AU']);
    expect(await store.read.previewPolicy({ kind: 'none' })).toMatchObject({ countries: [] });
  });

  it('counts who was in two of its countries once, and no country that is none', async () => {
    const store = await testStore();
    await sweep(store, [
      sessionRecord({ key: 'a' }),
      sessionRecord({ key: 'b', ...away }),
      sessionRecord({ key: 'c', place: { ...berlin, country: 'Narnia' } }),
    ]);
    expect(await store.read.previewPolicy(allow('FR'))).toMatchObject({
      unplaced: 1,
      against: { sessions: 2, users: 1 },
    });
  });
});
