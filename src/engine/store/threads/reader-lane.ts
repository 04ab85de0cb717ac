import { EngineError } from '../../errors.ts';
import { startThread, type Started, type ThreadOptions } from './thread.ts';

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
  readonly #options: Omit<ThreadOptions, 'lost'>;
  #started: Promise<Started> | null = null;

  constructor(options: Omit<ThreadOptions, 'lost'>) {
    this.#options = options;
  }

  /** How the start went; starts the thread when there is none. */
  start(): Promise<Started> {
    this.#started ??= this.#begin();
    return this.#started;
  }

  async call(method: string, request: readonly unknown[], nowMs: number): Promise<unknown> {
    const started = await this.start();
    if (started.kind === 'ready') return started.thread.call(method, request, nowMs);
    if (started.kind === 'refused') throw started.error;
    this.#options.logger.error('a reader thread of the store did not start', { reason: started.reason });
    throw MISSING;
  }

  async close(): Promise<void> {
    const started = await this.#started;
    if (started?.kind === 'ready') await started.thread.close();
  }

  async #begin(): Promise<Started> {
    const forget = () => {
      this.#started = null;
    };
    const started = await startThread({ ...this.#options, lost: LOST });
    if (started.kind === 'ready') void started.thread.ended.then(forget);
    else forget();
    return started;
  }
}
