import { EngineError } from '../../errors.ts';
import type { ConnectionStart } from '../connection.ts';
import { Thread, type ThreadOptions } from './thread.ts';

const LOST = new EngineError(
  'disconnected',
  'The part of Sessionscope that was reading ended unexpectedly: ask again.',
);
const MISSING = new EngineError(
  'internal',
  'A part of Sessionscope that reads could not be started; the log has the details. Restart Sessionscope.',
);

/** One reader thread, started when it is first needed, and anew after it ended by itself. */
export class ReaderLane {
  readonly #options: ThreadOptions;
  readonly #start: ConnectionStart;
  #thread: Thread | null = null;
  #opened: Promise<boolean> | null = null;

  constructor(options: Omit<ThreadOptions, 'lost'>, start: ConnectionStart) {
    this.#options = { ...options, lost: LOST };
    this.#start = start;
  }

  /** Has a thread load already, when there is none. */
  prepare(): Thread {
    if (this.#thread !== null) return this.#thread;
    const thread = new Thread(this.#options);
    void thread.ended.then(() => {
      this.#thread = null;
      this.#opened = null;
    });
    this.#thread = thread;
    return thread;
  }

  /** As `Thread.open`. */
  open(): Promise<boolean> {
    this.#opened ??= this.prepare().open(this.#start);
    return this.#opened;
  }

  async call(method: string, request: readonly unknown[], nowMs: number): Promise<unknown> {
    const thread = this.prepare();
    if (await this.open()) return thread.call(method, request, nowMs);
    this.#options.logger.error('a reader thread of the store did not start', { reason: thread.failure });
    throw MISSING;
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }
}
