import { describe, expect, it } from 'vitest';
import { FEW_USERS } from '../../../src/engine/poll/reconsidering.ts';
import { SweepJudging } from '../../../src/engine/poll/sweep-judging.ts';
import type { Touched } from '../../../src/engine/store/judgement.ts';
import { testClock } from '../../support/clock.ts';

const SECOND_MS = 1000;

/** Users of one source: as many as make it a large one, or few. */
function touched(first: number, count = FEW_USERS + 1): Touched {
  return { users: new Set(Array.from({ length: count }, (_, nth) => first + nth)), days: [] };
}

/** Listings that end when the test says so, and what was judged together, by the first user of each. */
function judging({ fail = false } = {}) {
  const clock = testClock();
  const together: number[][] = [];
  const sweeps = new SweepJudging(async function* (parts) {
    together.push(parts.map(({ users }) => [...users][0] ?? -1));
    if (fail) throw new Error('the disk is full');
    for (const { users } of parts) yield await Promise.resolve(users.size);
  }, clock);
  const listing = (source: string) => {
    const listed = Promise.withResolvers<Touched>();
    return { ...listed, findings: sweeps.afterListing(source, () => listed.promise) };
  };
  return { clock, sweeps, together, listing };
}

describe('what sweeps touched', () => {
  it('is judged together when the last listing ended, by name of source', async () => {
    const { together, listing } = judging();
    const [vault, chat] = [listing('vault'), listing('chat')];
    vault.resolve(touched(10_000));
    await Promise.resolve();
    expect(together).toEqual([]);
    chat.resolve(touched(20_000, FEW_USERS + 5));
    expect(await vault.findings).toBe(FEW_USERS + 1);
    expect(await chat.findings).toBe(FEW_USERS + 5);
    expect(together).toEqual([[20_000, 10_000]]);
  });

  it('is judged at once where it is little, so that a verified revocation does not wait for other sources', async () => {
    const { sweeps, together, listing } = judging();
    listing('slow');
    const quick = listing('quick');
    quick.resolve(touched(7, 3));
    expect(await quick.findings).toBe(3);
    expect(together).toEqual([[7]]);
    expect(sweeps.isQuiet).toBe(false);
  });

  it('waits for other listings no longer than its own took', async () => {
    const { clock, together, listing } = judging();
    listing('slow');
    const first = listing('first');
    await clock.advance(40 * SECOND_MS);
    first.resolve(touched(1));
    await clock.advance(39 * SECOND_MS);
    expect(together).toEqual([]);
    await clock.advance(2 * SECOND_MS);
    expect(await first.findings).toBe(FEW_USERS + 1);
  });

  it('is judged after another listing failed', async () => {
    const { sweeps, listing } = judging();
    const [failing, waiting] = [listing('failing'), listing('waiting')];
    waiting.resolve(touched(1));
    await Promise.resolve();
    failing.reject(new Error('gone'));
    await expect(failing.findings).rejects.toThrow('gone');
    expect(await waiting.findings).toBe(FEW_USERS + 1);
    expect(sweeps.isQuiet).toBe(true);
  });

  it('tells every sweep of it when judging fails, and judges the next ones', async () => {
    const { together, listing } = judging({ fail: true });
    const [one, two] = [listing('one'), listing('two')];
    one.resolve(touched(1));
    two.resolve(touched(2));
    await expect(one.findings).rejects.toThrow('the disk is full');
    await expect(two.findings).rejects.toThrow('the disk is full');
    const three = listing('three');
    three.resolve(touched(3));
    await expect(three.findings).rejects.toThrow('the disk is full');
    expect(together).toEqual([[1, 2], [3]]);
  });
});
