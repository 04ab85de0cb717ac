import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PageGathering } from '../../../src/engine/poll/page-gathering.ts';

/** A gathering whose writes end when the test says so. */
function gathering() {
  const begun: string[][] = [];
  const ends: PromiseWithResolvers<undefined>[] = [];
  const pages = new PageGathering<string>((items) => {
    begun.push([...items]);
    const end = Promise.withResolvers<undefined>();
    ends.push(end);
    return end.promise.then(() => undefined);
  });
  const end = async (index: number) => {
    ends[index]?.resolve(undefined);
    await setImmediate();
  };
  const fail = async (index: number) => {
    ends[index]?.reject(new Error('The disk is full.'));
    await setImmediate();
  };
  return { pages, begun, end, fail };
}

/** Whether a promise has been kept after everything that could run has run. */
async function isKept(promise: Promise<unknown>): Promise<boolean> {
  let kept = false;
  void promise.then(() => (kept = true));
  await setImmediate();
  return kept;
}

describe('gathering pages', () => {
  it('writes the first at once, and together what comes while it is written', async () => {
    const { pages, begun, end } = gathering();
    await pages.add('a', 10);
    await setImmediate();
    await pages.add('b', 10);
    await pages.add('c', 10);
    expect(begun).toEqual([['a']]);
    await end(0);
    await pages.add('d', 10);
    expect(begun).toEqual([['a'], ['b', 'c']]);
    await end(1);
    expect(begun).toEqual([['a'], ['b', 'c'], ['d']]);
    const ended = pages.end();
    expect(await isKept(ended)).toBe(false);
    await end(2);
    expect(await isKept(ended)).toBe(true);
  });

  it('asks for no more once enough waits, until that is being written', async () => {
    const { pages, begun, end } = gathering();
    await pages.add('a', 10);
    await setImmediate();
    await pages.add('b', 400);
    const full = pages.add('c', 100);
    expect(await isKept(full)).toBe(false);
    await end(0);
    expect(await isKept(full)).toBe(true);
    expect(begun).toEqual([['a'], ['b', 'c']]);
  });

  it('writes nothing after a fault and says so to whoever adds or ends', async () => {
    const { pages, begun, fail } = gathering();
    await pages.add('a', 10);
    await setImmediate();
    await pages.add('b', 10);
    await fail(0);
    await expect(pages.add('c', 500)).rejects.toThrow('The disk is full.');
    await expect(pages.end()).rejects.toThrow('The disk is full.');
    expect(begun).toEqual([['a']]);
  });

  it('has nothing to write of a listing without pages', async () => {
    const { pages, begun } = gathering();
    await pages.end();
    expect(begun).toEqual([]);
  });
});
