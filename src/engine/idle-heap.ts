import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 3_000;
/** A thread that worked less than this part of the time has nobody waiting for it: a few pages a second. */
const IDLE = 0.05;
/** Less to give back is not worth the milliseconds. */
const WORTH_BYTES = 8 * 2 ** 20;

/**
 * Has the heap of this thread collected, and what is free given back to the system, whenever the thread has been idle
 * for a while after work: V8 collects only when something is made, so that what a poll of a million sessions left behind would
 * stay for as long as nothing happens. Where the collector can't be called, heaps stay as large as they were.
 */
export function collectWhenIdle({ lookEveryMs = LOOK_EVERY_MS } = {}): void {
  const collect = collector();
  if (collect === null) return;
  let before = performance.eventLoopUtilization();
  let bytesKept = 0;
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization > IDLE || heapBytes() - bytesKept < WORTH_BYTES) return;
    collect();
    bytesKept = heapBytes();
  }, lookEveryMs).unref();
}

function heapBytes(): number {
  return getHeapStatistics().total_physical_size;
}

/** V8 offers it to contexts that are made after the flag was set. */
function collector(): (() => void) | null {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('typeof gc === "function" ? gc : null') as NodeJS.GCFunction | null;
  if (collect === null) return null;
  return () => {
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  };
}
