import { describe, expect, it } from 'vitest';
import { judgePortions, USERS_A_PORTION } from '../../../src/engine/poll/judge-portions.ts';
import type { DayOfSources, Judgement, News } from '../../../src/engine/store/judgement.ts';

const users = Array.from({ length: 5 * USERS_A_PORTION }, (_, index) => index);

/** Answers for some of the users at once, each found guilty, when it is told to. */
function stagedReader(usersAnAnswer: number) {
  const waiting: { readonly users: readonly number[]; readonly answer: () => void }[] = [];
  const judge = (asked: readonly number[]) =>
    new Promise<Judgement>((resolve) => {
      const judged = asked.slice(0, usersAnAnswer);
      const found = judged.map((user) => ({ user, findings: [] }));
      const judgement = { atMs: 0, users: judged.length, sightings: 0, found, withdrawn: [], entriesAsOf: 0 };
      waiting.push({ users: judged, answer: () => resolve(judgement) });
    });
  return { judge, waiting };
}

const noteIn =
  (written: number[]) =>
  ({ found }: News) => {
    written.push(...found.map(({ user }) => user));
    return Promise.resolve(true);
  };
const turn = () => new Promise((resolve) => setImmediate(resolve));

const judgeDays = () => Promise.resolve({ days: 1, attempts: 0, found: [], withdrawn: [] });

describe('judging in portions', () => {
  it('writes what days showed before what users did, day by day', async () => {
    const written: string[] = [];
    const inOrder = Array.from({ length: 25 }, (_, index) => 20_000 + index);
    const days = ['app', 'chat'].flatMap((source) => inOrder.toReversed().map((day) => ({ source, day })));
    const reads = {
      judge: (asked: readonly number[]) =>
        Promise.resolve({
          ...{ atMs: 0, users: asked.length, sightings: 0, entriesAsOf: 0 },
          ...{ found: [], withdrawn: ['user'] },
        }),
      judgeDays: (asked: readonly DayOfSources[]) => {
        const some = asked.slice(0, 3);
        const withdrawn = some.map(({ day, sources }) => `${day} ${sources.join(' ')}`);
        return Promise.resolve({ days: some.length, attempts: 0, found: [], withdrawn });
      },
    };
    const save = ({ withdrawn }: News) => Promise.resolve(written.push(...withdrawn) > 0);
    await judgePortions(reads, { days, users: [1] }, save);
    expect(written).toEqual([...inOrder.map((day) => `${day} app chat`), 'user']);
  });

  it('asks for two portions at once and writes in the order of the users, whichever is answered first', async () => {
    const { judge, waiting } = stagedReader(Infinity);
    const written: number[] = [];
    const all = judgePortions({ judge, judgeDays }, { days: [], users }, noteIn(written));
    while (written.length < users.length) {
      await turn();
      expect(waiting.length).toBeLessThanOrEqual(2);
      // The later one first.
      waiting.pop()?.answer();
    }
    await all;
    expect(written).toEqual(users);
  });

  it('goes on where an answer ended', async () => {
    const { judge, waiting } = stagedReader(70);
    const written: number[] = [];
    const all = judgePortions({ judge, judgeDays }, { days: [], users }, noteIn(written));
    while (written.length < users.length) {
      waiting.shift()?.answer();
      await turn();
    }
    await all;
    expect(written).toEqual(users);
  });

  it('lets only some portions wait in memory while the writer is slow, and goes on when it has written', async () => {
    const many = Array.from({ length: 20 * USERS_A_PORTION }, (_, index) => index);
    const { judge, waiting } = stagedReader(Infinity);
    const saves: (() => void)[] = [];
    let asked = 0;
    const answerAll = () => {
      for (const { answer } of waiting.splice(0)) {
        answer();
        asked += 1;
      }
    };
    const all = judgePortions(
      { judge, judgeDays },
      { days: [], users: many },
      () => new Promise<boolean>((resolve) => saves.push(() => resolve(true))),
    );
    for (let turns = 0; turns < 50; turns += 1) {
      answerAll();
      await turn();
    }
    expect(asked).toBeGreaterThan(2);
    expect(asked).toBeLessThanOrEqual(6);
    for (let turns = 0; turns < 50; turns += 1) {
      saves.shift()?.();
      answerAll();
      await turn();
    }
    await all;
    expect(asked).toBe(20);
  });

  it('judges again what can not be written any more, as often as it takes, before anything that comes after it', async () => {
    const { judge, waiting } = stagedReader(Infinity);
    const written: number[] = [];
    const note = noteIn(written);
    let refusals = 3;
    const save = (news: News) => {
      const isRefused = news.found[0]?.user === USERS_A_PORTION && refusals > 0;
      if (isRefused) refusals -= 1;
      return isRefused ? Promise.resolve(false) : note(news);
    };
    const all = judgePortions({ judge, judgeDays }, { days: [], users }, save);
    let asked = 0;
    while (written.length < users.length) {
      asked += waiting.length;
      for (const { answer } of waiting.splice(0)) answer();
      await turn();
    }
    await all;
    expect([written, refusals, asked]).toEqual([users, 0, 5 + 3]);
  });

  it('passes on what went wrong', async () => {
    const failing = { judge: () => Promise.reject(new Error('the reader ended')), judgeDays };
    await expect(judgePortions(failing, { days: [], users }, () => Promise.resolve(true))).rejects.toThrow(
      'the reader ended',
    );
    const { judge, waiting } = stagedReader(Infinity);
    const all = judgePortions({ judge, judgeDays }, { days: [], users }, () =>
      Promise.reject(new Error('the disk is full')),
    );
    const refused = expect(all).rejects.toThrow('the disk is full');
    for (let turns = 0; turns < 20; turns += 1) {
      for (const { answer } of waiting.splice(0)) answer();
      await turn();
    }
    await refused;
  });
});
