import { expect, it, onTestFinished } from 'vitest';
import { createJudge } from '../../../src/engine/poll/judge.ts';
import { JudgingRounds } from '../../../src/engine/poll/judging-rounds.ts';
import { sweep, testStore } from '../../support/data-dir.ts';
import { NOON_MS, sessionRecord } from '../../support/records.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const all = { query: '', sort: null, limit: 50, cursor: null };

async function companyWithRounds(judged: (users: ReadonlySet<number>) => void = () => undefined) {
  const store = await testStore();
  const { judge } = createJudge({ store, clock: store.clock, onFindings: () => undefined });
  const faults: unknown[] = [];
  let ended = 0;
  const rounds = new JudgingRounds({
    read: store.read,
    write: store.write,
    judge: async (users) => {
      judged(users);
      await judge(users);
      ended += 1;
    },
    clock: store.clock,
    onBug: (error) => faults.push(error),
  });
  onTestFinished(() => rounds.close());
  const titles = async () => (await store.read.findings(all)).rows.map(({ title }) => title);
  return { store, rounds, faults, titles, roundsEnded: () => ended };
}

it('finds by the clock what no poll would', async () => {
  const { store, rounds, titles, roundsEnded } = await companyWithRounds();
  await sweep(store, [sessionRecord({ startedAtMs: NOON_MS - 30 * DAY_MS + HOUR_MS })]);
  rounds.start();
  await store.clock.advance(HOUR_MS / 2);
  await expect.poll(roundsEnded).toBe(1);
  expect(await titles()).toEqual([]);
  await store.clock.advance(2 * HOUR_MS);
  await expect.poll(titles).toEqual(['1 old session can still be used']);

  await sweep(store, []);
  await store.clock.advance(HOUR_MS);
  await expect.poll(titles).toEqual([]);
});

it('tells of a round that threw, and makes up for it in the next one', async () => {
  let attempts = 0;
  const { store, rounds, faults, titles } = await companyWithRounds(() => {
    attempts += 1;
    if (attempts === 1) throw new Error('no');
  });
  await sweep(store, [sessionRecord({ startedAtMs: NOON_MS - 31 * DAY_MS })]);
  rounds.start();
  await store.clock.advance(90_000);
  await expect.poll(() => faults).toHaveLength(1);
  expect(await titles()).toEqual([]);
  await store.clock.advance(HOUR_MS);
  await expect.poll(titles).toHaveLength(1);
});

it('ends with the engine', async () => {
  const { store, rounds } = await companyWithRounds();
  rounds.start();
  await rounds.close();
  await store.clock.advance(DAY_MS);
  expect((await store.read.dueForJudging()).users).toEqual([]);
});
