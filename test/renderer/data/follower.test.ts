import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follower } from '../../../src/renderer/data/follower.ts';

describe('following changes', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Tells of `sessions` ten times a second for so long. */
  async function storm(tell: (topics: Iterable<string>) => void, seconds: number): Promise<void> {
    for (let told = 0; told < seconds * 10; told++) {
      tell(['sessions']);
      await vi.advanceTimersByTimeAsync(100);
    }
  }
  const takes = (ms: number) =>
    vi.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return [];
    });

  it('makes one of a burst, and soon', async () => {
    const follow = takes(0);
    const { tell } = follower(2_000, follow);
    tell(['sessions']);
    tell(['findings', 'sessions']);
    await vi.advanceTimersByTimeAsync(300);
    expect(follow.mock.calls).toEqual([[new Set(['sessions', 'findings'])]]);
  });

  it('keeps its pace while changes come ten times a second', async () => {
    const follow = takes(0);
    await storm(follower(2_000, follow).tell, 20);
    expect(follow.mock.calls.length).toBeGreaterThanOrEqual(9);
    expect(follow.mock.calls.length).toBeLessThanOrEqual(11);
  });

  it('slows down with what it costs, and never runs beside itself', async () => {
    let running = 0;
    const follow = vi.fn(async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      running -= 1;
      return [];
    });
    await storm(follower(1_000, follow).tell, 40);
    // 2 of every 10 seconds.
    expect(follow.mock.calls.length).toBe(4);
  });

  it('only remembers while it rests, and catches up once', async () => {
    const follow = takes(0);
    const { tell, rest } = follower(1_000, follow);
    rest(true);
    await storm(tell, 10);
    expect(follow).not.toHaveBeenCalled();
    rest(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(follow).toHaveBeenCalledTimes(1);
  });

  it('follows a topic once more when it was asked to', async () => {
    const answers = [['sessions'], []];
    const follow = vi.fn(async () => answers.shift() ?? []);
    follower(1_000, follow).tell(['sessions', 'findings']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(follow.mock.calls).toEqual([[new Set(['sessions', 'findings'])], [new Set(['sessions'])]]);
  });

  it('is silent after its end', async () => {
    const follow = takes(0);
    const { tell, stop } = follower(1_000, follow);
    tell(['sessions']);
    stop();
    tell(['sessions']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(follow).not.toHaveBeenCalled();
  });
});
