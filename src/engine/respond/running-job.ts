/** A job under way in this process: how it is told to stop, who hears of its steps, and its end. */
export class RunningJob {
  /** Settles when the job came to its end, a stop or a fault; never rejects. */
  readonly done: Promise<void>;
  readonly #stopping = new AbortController();
  readonly #listeners = new Set<() => void>();

  /** Begins at once; `run` must not reject. */
  constructor(run: (stopping: AbortSignal) => Promise<void>) {
    this.done = run(this.#stopping.signal);
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** After the current item. */
  stop(): void {
    this.#stopping.abort();
  }

  announceStep(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Resolves at the next step, at the end, or when `signal` aborts. */
  nextStep(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#listeners.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#listeners.add(wake);
      signal.addEventListener('abort', wake);
      void this.done.then(wake);
    });
  }
}
