import { describe, expect, it, vi } from 'vitest';
import { oneAtATime } from '../../../src/renderer/data/one-at-a-time.ts';

/** A call that ends when it is told to. */
function held<T>(answer: T) {
  let end: () => void = () => undefined;
  const call = vi.fn(
    () =>
      new Promise<T>((resolve) => {
        end = () => resolve(answer);
      }),
  );
  return { call, end: () => end() };
}
const never = () => new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('one call at a time', () => {
  it('begins the next when the one before has ended, whatever it ended with', async () => {
    const through = oneAtATime();
    const failing = through(never(), () => Promise.reject(new Error('no')));
    const next = held(2);
    const answer = through(never(), next.call);
    await expect(failing).rejects.toThrow('no');
    await turn();
    next.end();
    expect(await answer).toBe(2);
  });

  it('never sends what nobody wants any more by the time of its turn', async () => {
    const through = oneAtATime();
    const [first, second, third] = [held('a'), held('b'), held('c')];
    const [gone, unwanted] = [new AbortController(), new AbortController()];
    const answers = [
      through(gone.signal, first.call),
      through(unwanted.signal, second.call),
      through(never(), third.call),
    ];
    await turn();
    gone.abort();
    unwanted.abort();
    // Both are told at once, and the engine still works on the first.
    await expect(answers[0]).rejects.toThrow();
    await expect(answers[1]).rejects.toThrow();
    expect(third.call).not.toHaveBeenCalled();
    first.end();
    await turn();
    third.end();
    expect(await answers[2]).toBe('c');
    expect(second.call).not.toHaveBeenCalled();
  });
});
