import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * Where new objects live, in each heap. V8's own limit, on a machine with 8 GB or more, is 128 MB: all of it is in use as
 * soon as rows are made faster than they are dropped. With an eighth of that a poll takes the same processor time, with a
 * sixtieth a quarter more.
 */
export const NEW_SPACE_MB = 16;

/** New objects that survive as an array of this many numbers, which makes V8 enlarge their space. */
const NUMBERS = 512;
/** Several times what is needed; when V8 grows by other rules one day, its own size is kept. */
const MOST_ARRAYS = 20_000;

/**
 * Keeps V8's heaps, those of threads too, near what is alive in them: their own limits follow the machine's memory, and
 * polling a million sessions 60 MB of objects stood in 330 MB of heap. For the entry of a process that holds an
 * engine, before threads are started. Settings that V8 no longer knows do nothing.
 */
export function keepHeapsSmall(): void {
  // The old generation is collected when it has doubled; V8's own choice is up to four times.
  setFlagsFromString('--heap-growing-percent=100');
  // Threads are given a limit when they start. The heap that exists can't be given one, only be kept from growing further.
  setFlagsFromString(`--min-semi-space-size=${NEW_SPACE_MB / 2}`);
  growNewSpace();
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** To the size wanted, which takes some 10 ms: the space doubles when much of what is in it survives. */
function growNewSpace(): void {
  let survivors: number[][] = [];
  for (let made = 0; made < MOST_ARRAYS; made += 1) {
    if (made % 256 === 0) {
      if (newSpaceMb() >= NEW_SPACE_MB) return;
      if (survivors.length > 2_000) survivors = [];
    }
    survivors.push(new Array<number>(NUMBERS).fill(0));
  }
}

function newSpaceMb(): number {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return (space?.space_size ?? 0) / 2 ** 20;
}
