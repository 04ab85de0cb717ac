import type {
  Revocation,
  RevocationItem,
  RevocationItemState,
  RevocationState,
  RevocationSummary,
} from '../../contract/revocation.ts';
import { EngineError } from '../errors.ts';
import type { Clock, Logger } from '../host.ts';
import type { Poller } from '../poll/poller.ts';
import type { StoreReader, StoreWriter } from '../store/store.ts';
import type { AuditLog } from '../audit/log.ts';
import { runSource, type Target } from './run-source.ts';

export type JobsDeps = {
  readonly read: StoreReader;
  readonly write: StoreWriter;
  readonly poller: Poller;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly audit: AuditLog;
  readonly onChange: () => void;
};

/** Item states that nothing more will happen to. */
const SETTLED: ReadonlySet<RevocationItemState> = new Set([
  'verified',
  'still-present',
  'already-gone',
  'failed',
  'unverifiable',
  'skipped',
]);
const SUCCEEDED: ReadonlySet<RevocationItemState> = new Set(['verified', 'already-gone', 'skipped']);

type Running = {
  readonly stopping: AbortController;
  readonly done: Promise<void>;
  readonly listeners: Set<() => void>;
};

/**
 * Runs revocations. A job is in the store before its first request and every step is written before the next one,
 * so that a crash, a closed window or a lost link changes nothing but the time it takes.
 */
export class Jobs {
  readonly #deps: JobsDeps;
  readonly #running = new Map<string, Running>();
  #isClosing = false;

  constructor(deps: JobsDeps) {
    this.#deps = deps;
  }

  /** Writes the frozen list, then begins; answers before the first request goes out. */
  async start(id: string, reason: string, items: readonly RevocationItem[]): Promise<RevocationSummary> {
    await this.#deps.write.createRevocation({ id, reason, createdAtMs: this.#deps.clock.now(), items });
    await this.#deps.audit.append('revocation.started', {
      revocation: id,
      reason,
      sessions: items.filter(({ state }) => state === 'planned').map(({ session }) => session),
      skipped: items.filter(({ state }) => state === 'skipped').length,
    });
    this.#run(id);
    return this.#summary(id);
  }

  /** Goes on with a job that was stopped or cut off; one that is running or finished is left as it is. */
  async resume(id: string): Promise<void> {
    const revocation = await this.#get(id);
    if (this.#running.has(id) || revocation.state === 'done' || revocation.state === 'partial') return;
    await this.#deps.audit.append('revocation.resumed', { revocation: id });
    await this.#deps.write.setRevocationState(id, 'running', null);
    this.#run(id);
  }

  /** Goes on with everything a crash or a closed app cut off. */
  async resumeAll(): Promise<void> {
    for (const id of await this.#deps.read.unfinishedRevocations()) await this.resume(id);
  }

  /** Stops after the current item; what was asked is still verified. */
  async stop(id: string): Promise<void> {
    await this.#get(id);
    this.#running.get(id)?.stopping.abort();
  }

  /** Yields the summary at once, after every step, and at the end. */
  async *watch(id: string, signal: AbortSignal): AsyncGenerator<RevocationSummary> {
    for (;;) {
      // Looked up before the summary is read: a job that ends in between is told once more, at its end.
      const running = this.#running.get(id);
      yield await this.#summary(id);
      if (running === undefined) return;
      await nextStep(running, signal);
      if (isOver(signal)) return;
    }
  }

  /** Lets every job come to a stop after its current item; they stay unfinished and go on with the next engine. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const { stopping } of this.#running.values()) stopping.abort();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  #run(id: string): void {
    const stopping = new AbortController();
    const listeners = new Set<() => void>();
    const done = this.#runToEnd(id, stopping.signal)
      .catch((error: unknown) => {
        // The job stays unfinished in the store and goes on with the next engine that polls.
        this.#deps.logger.error('a revocation broke off', { revocation: id, error: String(error) });
      })
      .finally(() => {
        this.#running.delete(id);
        this.#announce(listeners);
      });
    this.#running.set(id, { stopping, done, listeners });
  }

  async #runToEnd(id: string, stopping: AbortSignal): Promise<void> {
    const { items } = await this.#get(id);
    const open = items.filter(({ state }) => !SETTLED.has(state));
    const sources = Map.groupBy(open, ({ source }) => source);
    await Promise.all(
      [...sources].map(([source, ofSource]) =>
        runSource(
          {
            target: this.#target(source),
            clock: this.#deps.clock,
            stopping,
            record: (session, state, why) => this.#record(id, source, session, state, why),
          },
          ofSource,
        ),
      ),
    );
    await this.#finish(id);
  }

  #target(source: string): Target {
    const { poller } = this.#deps;
    return {
      sweep: () => poller.sweep(source),
      live: (key) => poller.live(source, key),
      revoke: ({ native, userId }) =>
        poller.source(source).revoke({ native, user: { id: userId } }, new AbortController().signal),
    };
  }

  async #record(id: string, source: string, session: string, state: RevocationItemState, why: string | null) {
    await this.#deps.write.setRevocationItem(id, session, state, why);
    if (state === 'verified') await this.#deps.write.markRevoked([session], this.#deps.clock.now());
    await this.#deps.audit.append('revocation.item', { revocation: id, source, session, state, why });
    this.#announce(this.#running.get(id)?.listeners);
  }

  async #finish(id: string): Promise<void> {
    const { items } = await this.#get(id);
    const state = endState(items);
    if (state === 'stopped' && this.#isClosing) return;
    await this.#deps.write.setRevocationState(id, state, this.#deps.clock.now());
    const { counts } = await this.#summary(id);
    await this.#deps.audit.append(state === 'stopped' ? 'revocation.stopped' : 'revocation.finished', {
      revocation: id,
      state,
      counts,
    });
  }

  #announce(listeners: ReadonlySet<() => void> | undefined): void {
    for (const listener of listeners ?? []) listener();
    this.#deps.onChange();
  }

  async #summary(id: string): Promise<RevocationSummary> {
    const { items: _items, ...summary } = await this.#get(id);
    return summary;
  }

  async #get(id: string): Promise<Revocation> {
    const revocation = await this.#deps.read.revocation(id);
    if (revocation === null) {
      throw new EngineError('not-found', `There is no revocation "${id}"; "revocations" lists them.`);
    }
    return revocation;
  }
}

/** A function, because the signal changes while the generator waits. */
const isOver = (signal: AbortSignal) => signal.aborted;

function endState(items: readonly RevocationItem[]): RevocationState {
  if (items.some(({ state }) => !SETTLED.has(state))) return 'stopped';
  return items.every(({ state }) => SUCCEEDED.has(state)) ? 'done' : 'partial';
}

function nextStep({ listeners, done }: Running, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      listeners.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    listeners.add(wake);
    signal.addEventListener('abort', wake);
    void done.then(wake);
  });
}
