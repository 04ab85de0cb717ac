/** Hands every value to every watcher, in order. A watcher that is slow keeps its own queue; nothing is replayed. */
export class Feed<T> {
  readonly #watchers = new Set<(value: T) => void>();

  send(value: T): void {
    for (const watcher of this.#watchers) watcher(value);
  }

  /** Begins with the call, not with the first `next()`, so that nothing sent in between is missed. Ends when aborted. */
  watch(signal: AbortSignal): AsyncGenerator<T> {
    const queue: T[] = [];
    let wake: () => void = () => undefined;
    const watcher = (value: T) => {
      queue.push(value);
      wake();
    };
    const leave = () => {
      this.#watchers.delete(watcher);
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = () => {
      leave();
      wake();
    };
    this.#watchers.add(watcher);
    signal.addEventListener('abort', onAbort);
    return drain(queue, signal, (resolve) => (wake = resolve), leave);
  }
}

async function* drain<T>(
  queue: T[],
  signal: AbortSignal,
  onWake: (resolve: () => void) => void,
  leave: () => void,
): AsyncGenerator<T> {
  try {
    for (;;) {
      const value = queue.shift();
      if (value !== undefined) yield value;
      else if (signal.aborted) return;
      else await new Promise<void>((resolve) => onWake(resolve));
    }
  } finally {
    leave();
  }
}
