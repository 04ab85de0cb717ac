import type { Capabilities, SourceConfig } from '../../contract/source.ts';
import { EngineError } from '../errors.ts';
import type { Clock } from '../host.ts';
import type { Source } from '../source/source.ts';
import { ListedSessions, type LiveSession } from './listed-sessions.ts';
import { backOffMs, pollEveryMs } from './schedule.ts';
import type { Sweep } from './sweep.ts';

export type PollerDeps = {
  readonly clock: Clock;
  readonly random: () => number;
  /** `isOrderedByHand` answers for the sweep under way: such a one does not wait for a budget nobody refused. */
  readonly open: (config: SourceConfig, isOrderedByHand: () => boolean) => Source;
  readonly sweep: (id: string, source: Source, signal: AbortSignal) => Promise<Sweep>;
  /** Called when a sweep begins and when it ended. */
  readonly onChange: () => void;
  /** Called with what can't be anybody's answer any more: a scheduled sweep that threw. */
  readonly onBug: (id: string, error: unknown) => void;
};

export type PollState = { readonly polling: boolean; readonly nextPollAtMs: number | null };

/**
 * Decides when each source is swept and keeps what only memory may hold: the open adapters and the native ids of
 * the sessions they listed. One sweep at a time per source.
 */
export class Poller {
  readonly #deps: PollerDeps;
  readonly #polled = new Map<string, Polled>();
  #isScheduling = false;

  constructor(deps: PollerDeps) {
    this.#deps = deps;
  }

  /** Adds a source, or takes over its changed configuration; the open adapter of the old one is closed. */
  async put(config: SourceConfig): Promise<void> {
    await this.remove(config.id);
    const polled = new Polled(config, this.#deps);
    this.#polled.set(config.id, polled);
    if (this.#isScheduling) polled.schedule(0);
  }

  /** Stops a running sweep, closes the adapter and forgets every native id. */
  async remove(id: string): Promise<void> {
    const polled = this.#polled.get(id);
    this.#polled.delete(id);
    await polled?.close();
  }

  /** Polls by schedule from now on: every source, or only the one named. */
  start(only?: string): void {
    this.#isScheduling = true;
    for (const [id, polled] of this.#polled) if (only === undefined || only === id) polled.schedule(0);
  }

  async stop(): Promise<void> {
    this.#isScheduling = false;
    await Promise.all([...this.#polled.keys()].map((id) => this.remove(id)));
  }

  state(id: string): PollState {
    return this.#polled.get(id)?.state() ?? { polling: false, nextPollAtMs: null };
  }

  /** A sweep that begins after this call: a running one is waited for first, since it may have read the past. */
  sweep(id: string): Promise<Sweep> {
    return this.#get(id).sweepAfresh({ isOrderedByHand: true });
  }

  /** The same for whoever does not wait for it. */
  order(id: string): void {
    this.#get(id).order();
  }

  /** The adapter, for revoking and testing. */
  source(id: string): Source {
    return this.#get(id).source;
  }

  capabilities(id: string): Capabilities {
    return this.#get(id).source.capabilities;
  }

  /** What this process knows of a listed session; undefined until a sweep listed it. */
  live(id: string, key: string): LiveSession | undefined {
    return this.#get(id).live.get(key);
  }

  #get(id: string): Polled {
    const polled = this.#polled.get(id);
    if (polled === undefined) {
      throw new EngineError(
        'not-found',
        `There is no source "${id}"; "sources list" shows the configured ones.`,
      );
    }
    return polled;
  }
}

/** One source under the poller. */
class Polled {
  readonly config: SourceConfig;
  readonly source: Source;
  live = new ListedSessions();
  readonly #deps: PollerDeps;
  readonly #closed = new AbortController();
  #running: Promise<Sweep> | null = null;
  #timer: AbortController | null = null;
  #nextPollAtMs: number | null = null;
  #failures = 0;
  #isOrderedByHand = false;

  constructor(config: SourceConfig, deps: PollerDeps) {
    this.config = config;
    this.source = deps.open(config, () => this.#isOrderedByHand);
    this.#deps = deps;
  }

  state(): PollState {
    return { polling: this.#running !== null, nextPollAtMs: this.#nextPollAtMs };
  }

  async sweepAfresh({ isOrderedByHand }: { isOrderedByHand: boolean }): Promise<Sweep> {
    while (this.#running !== null) await this.#running.catch(() => undefined);
    this.#closed.signal.throwIfAborted();
    this.#isOrderedByHand = isOrderedByHand;
    const running = this.#sweep();
    this.#running = running;
    this.#deps.onChange();
    try {
      return await running;
    } finally {
      this.#running = null;
      this.#deps.onChange();
    }
  }

  order(): void {
    this.sweepAfresh({ isOrderedByHand: true }).catch((error: unknown) => {
      if (!this.#closed.signal.aborted) this.#deps.onBug(this.config.id, error);
    });
  }

  /** Polls after `delayMs` and then for ever; a later call replaces the earlier one. */
  schedule(delayMs: number): void {
    this.#timer?.abort();
    const timer = new AbortController();
    this.#timer = timer;
    this.#nextPollAtMs = this.#deps.clock.now() + delayMs;
    const signal = AbortSignal.any([timer.signal, this.#closed.signal]);
    void this.#deps.clock.sleep(delayMs, signal).then(
      async () => {
        try {
          await this.sweepAfresh({ isOrderedByHand: false });
        } catch (error) {
          if (signal.aborted) return;
          this.#failures += 1;
          this.#deps.onBug(this.config.id, error);
        }
        if (!signal.aborted) this.schedule(this.#delayMs(null));
      },
      () => undefined,
    );
  }

  async close(): Promise<void> {
    this.#closed.abort(new EngineError('cancelled', 'The source was removed or Sessionscope is closing.'));
    await this.#running?.catch(() => undefined);
    this.live.clear();
    await this.source.close();
  }

  async #sweep(): Promise<Sweep> {
    const sweep = await this.#deps.sweep(this.config.id, this.source, this.#closed.signal);
    await this.#keep(sweep);
    this.#failures = sweep.isFault ? this.#failures + 1 : 0;
    if (this.#timer !== null) this.schedule(this.#delayMs(sweep.retryAfterMs));
    return sweep;
  }

  /** A listing that broke off says nothing of the sessions it did not reach: what was known of them stays usable. */
  async #keep({ report, live }: Sweep): Promise<void> {
    if (report.complete) {
      this.live.clear();
      this.live = live;
    } else {
      await this.live.merge(live);
      live.clear();
    }
  }

  #delayMs(retryAfterMs: number | null): number {
    const everyMs = pollEveryMs(this.config, this.source.capabilities);
    return this.#failures === 0
      ? everyMs
      : backOffMs(everyMs, this.#failures, retryAfterMs, this.#deps.random());
  }
}
