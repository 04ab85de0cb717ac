import type { Clock } from '../../src/engine/host.ts';

export type TestClock = Clock & {
  /** Moves time forward and wakes every sleeper whose time has come, in order. */
  advance(ms: number): Promise<void>;
};

/** A clock that stands still until it is told to move; sleepers wake only through `advance`. */
export function testClock(startMs = Date.parse('2026-11-20T12:00:00.000Z')): TestClock {
  let nowMs = startMs;
  const sleepers: { atMs: number; wake: () => void }[] = [];
  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const sleeper = { atMs: nowMs + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener(
          'abort',
          () => {
            sleepers.splice(sleepers.indexOf(sleeper), 1);
            reject(signal.reason as Error);
          },
          { once: true },
        );
      }),
    async advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers.filter((sleeper) => sleeper.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        sleepers.splice(sleepers.indexOf(next), 1);
        nowMs = Math.max(nowMs, next.atMs);
        next.wake();
      }
      nowMs = untilMs;
    },
  };
}

export type EagerClock = Clock & { skip(ms: number): void };

/** Real time in which nobody waits: a sleep ends at once and the clock jumps ahead by its length. */
export function eagerClock(): EagerClock {
  let skippedMs = 0;
  return {
    now: () => Date.now() + skippedMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      skippedMs += Math.ceil(ms);
    },
    skip: (ms) => {
      skippedMs += ms;
    },
  };
}
