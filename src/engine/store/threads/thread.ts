import { Worker } from 'node:worker_threads';
import type { EngineError } from '../../errors.ts';
import type { Logger } from '../../host.ts';
import { THREAD_NEW_SPACE_MB } from '../../small-heaps.ts';
import type { ConnectionStart } from '../connection.ts';
import { errorOf } from './fault.ts';
import type { Patience } from './give-way.ts';
import type { ThreadAnswer, ThreadRequest } from './message.ts';

export type ThreadOptions = {
  /** Absolute path of the built or plain `store-thread`. */
  readonly entry: string;
  readonly name: string;
  readonly logger: Logger;
  /** Said to whoever waits for an answer when the thread ends by itself, and to whoever asks it afterwards. */
  readonly lost: EngineError;
  readonly patience: Patience;
};

/**
 * Rows live as long as it takes to send them. With V8's own choice, which grows with how much is made, judging ten million
 * observations held half as much memory again, at the same speed. Two halves, and as much again for large objects.
 */
const YOUNG_GENERATION_MB = THREAD_NEW_SPACE_MB * 1.5;

type Unanswered = { readonly method: string } & PromiseWithResolvers<unknown>;

/**
 * This side of a store thread, which loads from the moment this is made. It keeps the process alive only while
 * somebody waits for an answer.
 */
export class Thread {
  /** Resolves when the thread is gone, whatever the reason. */
  readonly ended: Promise<void>;
  readonly #options: ThreadOptions;
  readonly #worker: Worker;
  readonly #unanswered = new Map<number, Unanswered>();
  #lastId = 0;
  #state: 'loading' | 'open' | 'closing' | 'ended' = 'loading';
  #hasOpened = false;
  #failure: string | null = null;

  constructor(options: ThreadOptions) {
    this.#options = options;
    // Flags of the command that started this process (`--input-type`, a test runner's) are not for its threads.
    this.#worker = new Worker(options.entry, {
      name: options.name,
      execArgv: [],
      workerData: options.patience,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.#worker.on('message', (message: ThreadAnswer) => this.#settle(message));
    this.#worker.on('messageerror', () => void this.#worker.terminate());
    this.#worker.on('error', (error) => this.#fail(error));
    this.ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        // First whoever starts it again, then those who may ask again at once.
        resolve();
        this.#end();
      });
    });
    this.#worker.unref();
  }

  /** Why `open` answered false, for the log; null when it did not. */
  get failure(): string | null {
    return this.#failure;
  }

  /** False when the thread itself does not run, which is no verdict about the database; throws why that is refused. */
  async open(start: ConnectionStart): Promise<boolean> {
    try {
      await this.#ask('open', (id) => ({ kind: 'open', id, start }));
      if (this.#state === 'loading') this.#state = 'open';
      this.#hasOpened = true;
      return true;
    } catch (error) {
      if (error === this.#options.lost) return false;
      this.#state = 'closing';
      throw error;
    }
  }

  async call(method: string, request: readonly unknown[], nowMs: number): Promise<unknown> {
    return this.#ask(method, (id) => ({ kind: 'call', id, method, request, nowMs }));
  }

  /** Closes the connection after the calls so far, and resolves when the thread has ended. */
  async close(): Promise<void> {
    if (this.#state !== 'ended') {
      this.#state = 'closing';
      this.#worker.ref();
      if (this.#hasOpened) this.#tell({ kind: 'close' });
      else await this.#worker.terminate();
    }
    await this.ended;
  }

  /** Throws at once when what is asked can't be sent to another thread. */
  async #ask(method: string, message: (id: number) => ThreadRequest): Promise<unknown> {
    if (this.#state === 'ended') throw this.#options.lost;
    const id = ++this.#lastId;
    const unanswered = { method, ...Promise.withResolvers<unknown>() };
    this.#tell(message(id));
    this.#unanswered.set(id, unanswered);
    this.#worker.ref();
    return unanswered.promise;
  }

  #tell(message: ThreadRequest): void {
    this.#worker.postMessage(message);
  }

  #settle(message: ThreadAnswer): void {
    const unanswered = this.#unanswered.get(message.id);
    if (unanswered === undefined) return;
    this.#unanswered.delete(message.id);
    if (this.#unanswered.size === 0 && this.#state !== 'closing') this.#worker.unref();
    if (message.kind === 'value') unanswered.resolve(message.value);
    else unanswered.reject(errorOf(message.fault, unanswered.method, this.#options.logger));
  }

  #fail(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (this.#hasOpened) this.#log(text);
    else this.#failure = text;
  }

  #end(): void {
    if (this.#state === 'open') this.#log('It ended by itself.');
    if (this.#state === 'loading') this.#failure ??= 'It ended while it was loading.';
    this.#state = 'ended';
    for (const { reject } of this.#unanswered.values()) reject(this.#options.lost);
    this.#unanswered.clear();
  }

  #log(error: string): void {
    this.#options.logger.error('a thread of the store failed', { thread: this.#options.name, error });
  }
}
