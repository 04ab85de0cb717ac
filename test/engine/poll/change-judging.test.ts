import { describe, expect, it } from 'vitest';
import { createJudge } from '../../../src/engine/poll/judge.ts';
import { ChangeJudging } from '../../../src/engine/poll/change-judging.ts';
import { travellers } from '../../support/travellers.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { auditDraft, importEntries } from '../../support/list-version.ts';
import { NOON_MS } from '../../support/records.ts';

const MINUTE_MS = 60_000;

function judgingOf(
  store: TestStore,
  judge = createJudge({ store, clock: store.clock, onFindings: () => undefined }).judge,
) {
  const bugs: unknown[] = [];
  const judging = new ChangeJudging({
    read: store.read,
    write: store.write,
    judge,
    onBug: (error) => bugs.push(error),
  });
  return { judging, judge, bugs };
}

const journeys = (store: TestStore) => store.read.count('findings', 'rule:impossible-travel');

describe('judging after a change of lists', () => {
  it('withdraws what a list explains, and finds it again once the list is gone', async () => {
    const store = await testStore();
    const { judging, judge } = judgingOf(store);
    const { touched } = await sweep(store, travellers(3));
    await judge(new Set(touched));
    expect(await journeys(store)).toBe(3);

    await importEntries(store, ['203.0.113.0/24'], { tag: 'vpn' });
    expect(await judging.run()).toMatchObject({ users: 3 });
    expect(await journeys(store)).toBe(0);

    await store.write.removeList('exits', auditDraft('list.removed', NOON_MS));
    expect(await judging.run()).toMatchObject({ users: 3 });
    expect(await journeys(store)).toBe(3);
    expect(await judging.run()).toEqual({ users: 0, findings: 0 });
  });

  it('tells of a listed address that was seen before it was listed', async () => {
    const store = await testStore();
    const { judging, judge } = judgingOf(store);
    const { touched } = await sweep(store, travellers(2));
    await judge(new Set(touched));
    await importEntries(store, ['198.51.100.200'], { name: 'case 42', tag: 'listed' });
    await importEntries(store, ['203.0.113.9'], { name: 'case 42', tag: 'listed' });
    expect(await judging.run()).toMatchObject({ users: 2, findings: 2 });
    const { rows } = await store.read.findings({
      query: 'rule:listed-ip',
      sort: null,
      limit: 9,
      cursor: null,
    });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      severity: 'critical',
      evidence: { lists: ['case 42'], entries: ['203.0.113.9'] },
    });
  });

  it('goes by the moment of what was seen, not by today', async () => {
    const store = await testStore();
    const { judging, judge } = judgingOf(store);
    await importEntries(store, ['198.51.100.200'], { tag: 'vpn' });
    const { touched } = await sweep(store, travellers(1));
    await judge(new Set(touched));
    await store.clock.advance(MINUTE_MS);
    await importEntries(store, ['203.0.113.9'], { tag: 'vpn' });
    await judging.run();
    expect(await journeys(store)).toBe(1);
  });

  it('is finished by the next engine when this one was cut off', async () => {
    const store = await testStore();
    const { judging, judge } = judgingOf(store);
    const { touched } = await sweep(store, travellers(2));
    await judge(new Set(touched));
    await importEntries(store, ['203.0.113.9'], { tag: 'vpn' });
    await judging.close();
    expect(await judging.run()).toEqual({ users: 0, findings: 0 });
    expect(await journeys(store)).toBe(2);

    const next = judgingOf(store);
    next.judging.start();
    await next.judging.run();
    expect(await journeys(store)).toBe(0);
    expect(await store.read.changedLists()).toEqual([]);
    expect(next.bugs).toEqual([]);
  });

  it('waits in an engine that was not started, and does not in one that was', async () => {
    const store = await testStore();
    const judged: number[] = [];
    const { judging } = judgingOf(store, async (users) => judged.push(users.size));
    await sweep(store, travellers(2));
    await importEntries(store, ['203.0.113.9']);
    judging.changed();
    await judging.close();
    expect(judged).toEqual([]);

    const started = judgingOf(store, async (users) => judged.push(users.size)).judging;
    started.start();
    await started.run();
    expect(judged).toEqual([2]);
  });

  it('says what went wrong in the background to who looks for faults', async () => {
    const store = await testStore();
    const { judging, bugs } = judgingOf(store, async () => Promise.reject(new Error('broken')));
    await sweep(store, travellers(1));
    await importEntries(store, ['203.0.113.9']);
    judging.start();
    await expect(judging.run()).rejects.toThrow('broken');
    expect(bugs).toEqual([new Error('broken')]);
    expect(await store.read.changedLists()).toHaveLength(1);
  });
});
