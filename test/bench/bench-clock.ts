import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../src/engine/host.ts';
import { momentMs } from './population/population.ts';

export type BenchClock = Clock & {
  /** Moves to a minute after the company was polled for the nth time. */
  goTo(moment: number): void;
};

/** Stands still where the company is, so that each run sees the same; sleeps are real. */
export function benchClock(moment: number): BenchClock {
  let nowMs = 0;
  const clock: BenchClock = {
    now: () => nowMs,
    sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
    goTo: (at) => {
      nowMs = momentMs(at) + 60_000;
    },
  };
  clock.goTo(moment);
  return clock;
}
