import { setPriority } from 'node:os';

/** By how much a thread lets others go first, as `nice` counts: where all processors are busy, each step is a tenth of the share less. */
export type Patience = 0 | 10 | 15;

/**
 * Lets other threads go first where there are more of them than processors, so that a page is not read at the pace of what
 * goes on behind it. Only Linux has priorities of single threads; elsewhere this would be that of the whole process, and
 * everything stays as it is.
 */
export function giveWay(patience: Patience): void {
  if (patience === 0 || process.platform !== 'linux') return;
  try {
    setPriority(patience);
  } catch {
    // Where the system does not let it, work goes on as fast as before.
  }
}
