import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { collectWhenIdle } from './idle-heap.ts';

/**
 * Where new objects live, of the heap that polls. V8's own limit follows the machine's memory (128 MB where there are 25 GB),
 * and all of it is in use as soon as rows are made faster than they are dropped. With an eighth of that a poll took the
 * same processor time, with a sixtieth a quarter more.
 */
export const NEW_SPACE_MB = 16;
/** The same of a thread, which holds a row for as long as it takes to send it; with half of it first ingest took a tenth longer. */
export const THREAD_NEW_SPACE_MB = 8;

/** Numbers in each of the new arrays that make V8 enlarge their space by surviving. */
const NUMBERS = 512;
const KEPT_ARRAYS = 2_000;
/** Several times what is needed; when V8 grows by other rules one day, its own size is kept. */
const MOST_ARRAYS = 20_000;
/** V8 sometimes takes the room back; giving it anew takes some 15 ms, so not after each collection. */
const PAUSE_MS = 10_000;

/**
 * Keeps V8's heaps, those of threads too, near what is alive in them: their own limits follow the machine's memory, and
 * polling a million sessions 60 MB of objects stood in 330 MB of heap. For the entry of a process that holds an
 * engine, before threads are started. Of a setting that V8 no longer knows it says so on stderr, and goes on without.
 */
export function keepHeapsSmall(): void {
  // The old generation is collected when it has grown by half; V8's own choice is up to four times, and costs 1 % less time in a
  // poll. Judging a million sessions takes as long with all that is set here as without, by what can be told.
  setFlagsFromString('--heap-growing-percent=50');
  // Threads begin with their limit. The heap that exists can't be given one, only be kept from growing further.
  setFlagsFromString(`--min-semi-space-size=${THREAD_NEW_SPACE_MB / 2}`);
  growNewSpace();
  let grownAt = performance.now();
  new PerformanceObserver(() => {
    if (newSpaceMb() >= NEW_SPACE_MB || performance.now() - grownAt < PAUSE_MS) return;
    growNewSpace();
    grownAt = performance.now();
  }).observe({ entryTypes: ['gc'] });
  collectWhenIdle();
}

/** To the size wanted and no further: the space doubles when much of what is in it survives. */
function growNewSpace(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  let survivors: number[][] = [];
  for (let made = 0; made < MOST_ARRAYS; made += 1) {
    if (made % 256 === 0 && newSpaceMb() >= NEW_SPACE_MB) break;
    if (survivors.length === KEPT_ARRAYS) survivors = [];
    survivors.push(new Array<number>(NUMBERS).fill(0));
  }
  setFlagsFromString('--semi-space-growth-factor=1');
}

function newSpaceMb(): number {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return (space?.space_size ?? 0) / 2 ** 20;
}
