/** Runs `call` when its turn comes; rejects as soon as `signal` aborts, and is then never begun. */
export type Turnstile = <T>(signal: AbortSignal, call: () => Promise<T>) => Promise<T>;

/**
 * Lets one call through at a time. The engine can't drop a read that runs: whoever goes through five queries would have five
 * passes over the table side by side. Here the second waits, and those that nobody wants by then are never sent.
 */
export function oneAtATime(): Turnstile {
  let last: Promise<unknown> = Promise.resolve();
  return (signal, call) => {
    // Read late and through a function: it may be aborted while it waits.
    const begin = () => {
      signal.throwIfAborted();
      return call();
    };
    const turn = last.then(begin);
    last = turn.catch(() => undefined);
    return unlessAborted(turn, signal);
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
