import type { Change, ChangeTopic } from '../contract/system.ts';
import type { Clock } from './host.ts';

/** Shortest time between two notices to one listener, in milliseconds. */
const SPACING_MS = 100;

/**
 * Tells listeners that something changed, never what: a revision and the topics since the last notice. A slow
 * listener gets one notice for many changes, and none is ever replayed: whoever missed some reads again.
 */
export class Changes {
  readonly #clock: Clock;
  readonly #listeners = new Set<(topic: ChangeTopic) => void>();
  #revision = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  mark(...topics: readonly ChangeTopic[]): void {
    this.#revision += 1;
    for (const listener of this.#listeners) for (const topic of topics) listener(topic);
  }

  /** Yields the present revision at once (without topics), then each change until `signal` aborts. */
  async *watch(signal: AbortSignal): AsyncGenerator<Change> {
    const pending = new Set<ChangeTopic>();
    let wake: () => void = () => undefined;
    const listener = (topic: ChangeTopic) => {
      pending.add(topic);
      wake();
    };
    const onAbort = () => wake();
    this.#listeners.add(listener);
    signal.addEventListener('abort', onAbort);
    try {
      yield { revision: this.#revision, topics: [] };
      while (!signal.aborted) {
        if (pending.size === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const topics = [...pending];
        pending.clear();
        yield { revision: this.#revision, topics };
        await this.#clock.sleep(SPACING_MS, signal).catch(() => undefined);
      }
    } finally {
      this.#listeners.delete(listener);
      signal.removeEventListener('abort', onAbort);
    }
  }
}
