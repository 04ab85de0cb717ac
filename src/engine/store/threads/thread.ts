import { Worker } from 'node:worker_threads';
import type { EngineError } from '../../errors.ts';
import type { Logger } from '../../host.ts';
import type { ConnectionStart } from '../connection.ts';
import { errorOf } from './fault.ts';
import type { ThreadAnswer, ThreadRequest } from './message.ts';

export type ThreadOptions = {
  /** Path of the built or plain `store-thread`. */
  readonly entry: string;
  readonly start: ConnectionStart;
  readonly logger: Logger;
  /** Said to whoever waits for an answer when the thread ends by itself, and to whoever asks it afterwards. */
  readonly lost: EngineError;
};

export type Started =
  | { readonly kind: 'ready'; readonly thread: Thread }
  /** The thread runs; the database can't be used. */
  | { readonly kind: 'refused'; readonly error: EngineError }
  /** No thread, so no verdict about the database either. */
  | { readonly kind: 'missing'; readonly reason: string };

/** Starts a thread and has it open its connection. */
export function startThread(options: ThreadOptions): Promise<Started> {
  return new Promise((resolve) => {
    const missing = (error: unknown) => resolve({ kind: 'missing', reason: String(error) });
    let worker: Worker;
    try {
      worker = new Worker(options.entry, {
        workerData: options.start,
        name: `store ${options.start.role}`,
        // Flags of the command that started this process (`--input-type`, a test runner's) are not for threads.
        execArgv: [],
      });
    } catch (error) {
      missing(error);
      return;
    }
    worker.once('error', missing);
    worker.once('exit', () => missing('It ended before it was ready.'));
    worker.once('message', (message: ThreadAnswer) => {
      if (message.kind === 'refused') {
        resolve({ kind: 'refused', error: errorOf(message.fault, 'open', options.logger) });
      } else resolve({ kind: 'ready', thread: new Thread(worker, options) });
    });
  });
}

type OpenCall = { readonly method: string } & PromiseWithResolvers<unknown>;

/** This side of a running thread. It keeps the process alive only while somebody waits for an answer. */
export class Thread {
  readonly #worker: Worker;
  readonly #options: ThreadOptions;
  readonly #open = new Map<number, OpenCall>();
  /** Resolves when the thread is gone, whatever the reason. */
  readonly ended: Promise<void>;
  #last = 0;
  #isEnded = false;
  #isClosing = false;

  constructor(worker: Worker, options: ThreadOptions) {
    this.#worker = worker;
    this.#options = options;
    worker.on('message', (message: ThreadAnswer) => this.#settle(message));
    worker.on('messageerror', () => void worker.terminate());
    worker.on('error', (error) => this.#log(error));
    this.ended = new Promise((resolve) => {
      worker.on('exit', () => {
        // First the one who starts it again, then those who may ask again at once.
        resolve();
        this.#end();
      });
    });
    worker.unref();
  }

  async call(method: string, request: readonly unknown[], nowMs: number): Promise<unknown> {
    if (this.#isEnded) throw this.#options.lost;
    const id = ++this.#last;
    const call = { method, ...Promise.withResolvers<unknown>() };
    this.#tell({ kind: 'call', id, method, request, nowMs });
    if (this.#open.size === 0) this.#worker.ref();
    this.#open.set(id, call);
    return call.promise;
  }

  /** Closes the connection after the calls so far, and resolves when the thread has ended. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#worker.ref();
    this.#tell({ kind: 'close' });
    await this.ended;
  }

  #tell(message: ThreadRequest): void {
    this.#worker.postMessage(message);
  }

  #settle(message: ThreadAnswer): void {
    if (message.kind !== 'value' && message.kind !== 'fault') return;
    const call = this.#open.get(message.id);
    if (call === undefined) return;
    this.#open.delete(message.id);
    if (this.#open.size === 0 && !this.#isClosing) this.#worker.unref();
    if (message.kind === 'value') call.resolve(message.value);
    else call.reject(errorOf(message.fault, call.method, this.#options.logger));
  }

  #end(): void {
    this.#isEnded = true;
    if (!this.#isClosing) this.#log('It ended by itself.');
    for (const { reject } of this.#open.values()) reject(this.#options.lost);
    this.#open.clear();
  }

  #log(error: unknown): void {
    this.#options.logger.error('a thread of the store failed', {
      role: this.#options.start.role,
      error: error instanceof Error ? error.stack : String(error),
    });
  }
}
