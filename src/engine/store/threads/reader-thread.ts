import { EngineError } from '../../errors.ts';
import type { Clock } from '../../host.ts';
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

/** Who asks for one portion after the other finds the same thread, with what it has read. */
const LINGER_MS = 5_000;

export type ReaderThreadOptions = Omit<ThreadOptions, 'lost'> & {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Whether it is asked so seldom that its thread ends when nobody asked for a while: it holds 40 MB. */
  readonly isSeldom: boolean;
};

/** One reader thread, started when it is first needed, and anew after it ended. */
export class ReaderThread {
  readonly #options: ThreadOptions;
  readonly #isSeldom: boolean;
  readonly #clock: Pick<Clock, 'sleep'>;
  readonly #start: ConnectionStart;
  #thread: Thread | null = null;
  #opened: Promise<boolean> | null = null;
  #unanswered = 0;
  #calls = 0;
  readonly #closing = new AbortController();
  #dismissed: Promise<void> = Promise.resolve();

  constructor({ isSeldom, clock, ...options }: ReaderThreadOptions, start: ConnectionStart) {
    this.#options = { ...options, lost: LOST };
    this.#isSeldom = isSeldom;
    this.#clock = clock;
    this.#start = start;
  }

  /** How many wait for an answer. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** Has a thread load already, when there is none. */
  prepare(): Thread {
    if (this.#thread !== null) return this.#thread;
    const thread = new Thread(this.#options);
    void thread.ended.then(() => this.#forget(thread));
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
    this.#unanswered += 1;
    this.#calls += 1;
    try {
      if (await this.open()) return await thread.call(method, request, nowMs);
    } finally {
      this.#unanswered -= 1;
      if (this.#isSeldom && this.#unanswered === 0) void this.#leave(thread);
    }
    this.#options.logger.error('a reader thread of the store did not start', { reason: thread.failure });
    throw MISSING;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#thread?.close(), this.#dismissed]);
  }

  async #leave(thread: Thread): Promise<void> {
    const calls = this.#calls;
    try {
      await this.#clock.sleep(LINGER_MS, this.#closing.signal);
    } catch {
      return;
    }
    if (this.#calls === calls) this.#dismiss(thread);
  }

  /** Whoever asks from now on is answered by another thread. */
  #dismiss(thread: Thread): void {
    this.#forget(thread);
    this.#dismissed = Promise.all([this.#dismissed, thread.close()]).then(() => undefined);
  }

  #forget(thread: Thread): void {
    if (this.#thread !== thread) return;
    this.#thread = null;
    this.#opened = null;
  }
}
