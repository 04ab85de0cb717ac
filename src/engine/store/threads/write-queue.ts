import { writeLoads } from '../lanes.ts';
import type { Run } from '../offer.ts';

/** Pages of sweeps in the writer's hands: one being written, and the next one there when it is done. */
const MAX_BATCHES = 2;

type Write = { readonly isBatch: boolean; readonly send: () => Promise<unknown> };

/**
 * Sends writes in the order they are asked for, and holds back while the writer has pages enough: a source that lists
 * faster than the disk writes then waits for it, in place of filling the memory.
 */
export class WriteQueue {
  readonly #run: Run;
  readonly #waiting: Write[] = [];
  #batches = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  add(method: string, request: readonly unknown[], nowMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const send = () => this.#run(method, request, nowMs).then(resolve, reject);
      this.#waiting.push({ isBatch: loads[method] === 'batch', send });
      this.#sendMore();
    });
  }

  #sendMore(): void {
    for (;;) {
      const next = this.#waiting[0];
      if (next === undefined || (next.isBatch && this.#batches >= MAX_BATCHES)) return;
      this.#waiting.shift();
      if (next.isBatch) this.#batches += 1;
      void next.send().finally(() => {
        if (next.isBatch) this.#batches -= 1;
        this.#sendMore();
      });
    }
  }
}

const loads: Readonly<Record<string, 'batch' | 'small'>> = writeLoads;
