import type { DemoClock } from '../clock.ts';

/** State of one bucket after a call was counted. */
export type Spent = {
  /** Calls in this window, this one included. */
  readonly used: number;
  readonly remaining: number;
  readonly resetAtMs: number;
  readonly exceeded: boolean;
};

export type RateWindow = { spend(bucket: string, calls?: number): Spent };

/** Fixed windows that start with a bucket's first call, as all of the limiters played here count. */
export function createRateWindow(clock: DemoClock, max: number, windowMs: number): RateWindow {
  const buckets = new Map<string, { startMs: number; used: number }>();
  return {
    spend(bucket, calls = 1) {
      const nowMs = clock.now();
      const known = buckets.get(bucket);
      const current =
        known !== undefined && nowMs < known.startMs + windowMs ? known : { startMs: nowMs, used: 0 };
      buckets.set(bucket, current);
      current.used += calls;
      return {
        used: current.used,
        remaining: Math.max(0, max - current.used),
        resetAtMs: current.startMs + windowMs,
        exceeded: current.used > max,
      };
    },
  };
}
