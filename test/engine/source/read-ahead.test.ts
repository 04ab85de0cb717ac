import { describe, expect, it } from 'vitest';
import { readAhead } from '../../../src/engine/source/read-ahead.ts';

async function collect<T>(steps: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const step of steps) all.push(step);
  return all;
}

describe('reading ahead', () => {
  it('answers in order whatever order the answers come in, with so many under way and no more', async () => {
    const open = new Map<number, (answer: string) => void>();
    let most = 0;
    const steps = collect(
      readAhead([1, 2, 3, 4, 5], 3, (item) => {
        const answer = new Promise<string>((resolve) => open.set(item, resolve));
        most = Math.max(most, open.size);
        return answer;
      }),
    );
    for (const item of [3, 1, 2, 5, 4]) {
      for (let turn = 0; !open.has(item) && turn < 50; turn += 1) await Promise.resolve();
      open.get(item)?.(`answer ${item}`);
      open.delete(item);
    }
    expect(await steps).toEqual([1, 2, 3, 4, 5].map((item) => [item, `answer ${item}`]));
    expect(most).toBe(3);
  });

  it('throws a fault where its turn comes, and nothing is left unhandled', async () => {
    const read: number[] = [];
    const steps = async () => {
      const ask = (item: number) =>
        item >= 2 ? Promise.reject(new Error(`no ${item}`)) : Promise.resolve(item);
      for await (const [item] of readAhead([1, 2, 3], 3, ask)) read.push(item);
    };
    await expect(steps()).rejects.toThrow('no 2');
    expect(read).toEqual([1]);
  });

  it('asks nothing of an empty list', async () => {
    expect(await collect(readAhead([], 4, () => Promise.reject(new Error('asked'))))).toEqual([]);
  });
});
