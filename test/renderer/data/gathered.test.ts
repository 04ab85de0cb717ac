import { describe, expect, it, vi } from 'vitest';
import { gathered } from '../../../src/renderer/data/gathered.ts';

describe('calls that are gathered', () => {
  it('asks once for all keys of one turn, each once, and answers each', async () => {
    const fetch = vi.fn(async (keys: readonly string[]) => (key: string) => `${key} of ${keys.length}`);
    const ask = gathered(fetch, 10);
    expect(await Promise.all([ask('a'), ask('b'), ask('a')])).toEqual(['a of 2', 'b of 2', 'a of 2']);
    expect(await ask('a')).toBe('a of 1');
    expect(fetch.mock.calls).toEqual([[['a', 'b']], [['a']]]);
  });

  it('splits what is too much for one call', async () => {
    const fetch = vi.fn(async (keys: readonly number[]) => (key: number) => key * keys.length);
    const ask = gathered(fetch, 2);
    expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual([2, 4, 3]);
  });

  it('fails those that were asked for together, and no later one', async () => {
    const fetch = vi.fn(async (_: readonly string[]) => (key: string) => key);
    fetch.mockRejectedValueOnce(new Error('the engine is gone'));
    const ask = gathered(fetch, 10);
    const both = await Promise.allSettled([ask('a'), ask('b')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask('a')).toBe('a');
  });
});
