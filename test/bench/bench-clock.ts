import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../src/engine/host.ts';
import { momentMs } from './population/population.ts';

export type BenchClock = Clock & {
  /** Moves to a minute after the company was polled for the nth time. */
  goTo(moment: number): void;
};

/** Stands still where the company is, so that each run sees the same; sleeps are real. */
export function benchClock(moment: number): BenchClock {
  return clockFrom(moment, () => 0);
}

/** Goes on from there in real time, for what listings wait by. */
export function runningBenchClock(moment: number): BenchClock {
  let startedMs = performance.now();
  const clock = clockFrom(moment, () => performance.now() - startedMs);
  return {
    ...clock,
    goTo: (at) => {
      startedMs = performance.now();
      clock.goTo(at);
    },
  };
}

function clockFrom(moment: number, passedMs: () => number): BenchClock {
  let fromMs = 0;
  const clock: BenchClock = {
    now: () => fromMs + Math.round(passedMs()),
    sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
    goTo: (at) => {
      fromMs = momentMs(at) + 60_000;
    },
  };
  clock.goTo(moment);
  return clock;
}
