import { describe, expect, it } from 'vitest';
import { utcDay } from '../../../src/engine/detect/days/utc-day.ts';
import { createJudge } from '../../../src/engine/poll/judge.ts';
import { travellers } from '../../support/travellers.ts';
import { chatConfig, sweep, testStore } from '../../support/data-dir.ts';
import { ipFacts, NOON_MS, sessionRecord, sydney } from '../../support/records.ts';

const MINUTE_MS = 60_000;
const all = { query: '', sort: null, limit: 50, cursor: null };

async function judged(count: number) {
  const store = await testStore();
  let announced = 0;
  const { judge } = createJudge({ store, clock: store.clock, onFindings: () => (announced += 1) });
  const { touched } = await sweep(store, travellers(count));
  return { store, judge, touched: new Set(touched), announced: () => announced };
}

describe('the judge', () => {
  it('saves what the rules find of every user a sweep touched, however many', async () => {
    const { store, judge, touched } = await judged(450);
    const added = await judge(touched);
    expect(await store.read.count('findings', 'rule:impossible-travel')).toBe(450);
    expect(added).toBe(await store.read.count('findings', ''));
  });

  it('adds nothing the second time, and tells of nothing', async () => {
    const { judge, touched, announced } = await judged(1);
    expect(await judge(touched)).toBeGreaterThan(0);
    expect(announced()).toBe(1);
    expect(await judge(touched)).toBe(0);
    expect(announced()).toBe(1);
  });

  it('withdraws what facts explain that arrive late, and says which findings went', async () => {
    const store = await testStore();
    const gone: string[] = [];
    const onWithdrawn = async (ids: readonly string[]) => void gone.push(...ids);
    const { judge } = createJudge({ store, clock: store.clock, onFindings: () => undefined, onWithdrawn });
    const abroad = { ip: ipFacts('203.0.113.9', sydney) };
    const days = (count: number) => NOON_MS - count * 1440 * MINUTE_MS;
    const rows = [
      sessionRecord({ key: 'home', startedAtMs: days(40) }),
      sessionRecord({ key: 'away', startedAtMs: days(3), ...abroad }),
    ];
    await judge(new Set((await sweep(store, rows)).touched));
    const inSydney = async () => (await store.read.findings({ ...all, query: 'rule:new-country' })).rows;
    const [flagged] = await inSydney();
    expect(flagged).toMatchObject({ at: new Date(days(3)).toISOString() });

    const earlier = sessionRecord({ key: 'earlier', startedAtMs: days(20), state: 'ended', ...abroad });
    await judge(new Set((await sweep(store, { rows, history: [earlier] })).touched));

    expect(await inSydney()).toMatchObject([{ at: new Date(days(20)).toISOString() }]);
    expect(gone).toContain(flagged?.id);
  });

  it('judges again what refers to entries that are removed before it is written', async () => {
    const { store, touched } = await judged(450);
    await store.write.putSource(chatConfig('chat-2'), false);
    await sweep(store, [sessionRecord({ key: 'goes', ip: ipFacts('203.0.113.77') })], { source: 'chat-2' });
    let refused = 0;
    const write: typeof store.write = {
      ...store.write,
      saveFindings: async (...news) => {
        // While the first portion waits to be written.
        if (refused === 0) await store.write.removeSource('chat-2');
        const saved = await store.write.saveFindings(...news);
        if (saved === null) refused += 1;
        return saved;
      },
    };
    const { judge } = createJudge({
      store: { ...store, write },
      clock: store.clock,
      onFindings: () => undefined,
    });
    await judge(touched);
    expect(refused).toBeGreaterThan(0);
    expect(await store.read.count('findings', 'rule:impossible-travel')).toBe(450);
  });

  it('leaves users alone that no sweep touched', async () => {
    const { store, judge, touched } = await judged(2);
    const [first = 0] = touched;
    await judge(new Set([first]));
    expect(await store.read.count('findings', 'rule:impossible-travel')).toBe(1);
  });

  it('lets other work have its turn on the way', async () => {
    const { judge, touched } = await judged(450);
    let turns = 0;
    let isDone = false;
    const takeTurn = () => {
      turns += 1;
      if (!isDone) setImmediate(takeTurn);
    };
    setImmediate(takeTurn);
    await judge(touched);
    isDone = true;
    expect(turns).toBeGreaterThan(1);
  });

  it('leaves what rests on the same days to the last of several that judge at once', async () => {
    const store = await testStore();
    const fromDay = utcDay(NOON_MS) - 1;
    let asked = 0;
    const read = {
      ...store.read,
      reconsidered: async () => ({ fromDay, days: [{ source: 'chat', fromDay, revision: 1 }] }),
      usersSince: async () => {
        asked += 1;
        return [];
      },
    };
    const { judge } = createJudge({
      store: { ...store, read },
      clock: store.clock,
      onFindings: () => undefined,
    });
    await Promise.all([judge(new Set([1])), judge(new Set([2])), judge(new Set([3]))]);
    expect(asked).toBe(1);
  });

  it('does nothing where another process writes', async () => {
    const { store, touched } = await judged(1);
    const { judge } = createJudge({
      store: { ...store, write: null },
      clock: store.clock,
      onFindings: () => undefined,
    });
    expect(await judge(touched)).toBe(0);
  });
});
