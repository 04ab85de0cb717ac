import {
  revocationItemState,
  type Revocation,
  type RevocationCounts,
  type RevocationItem,
  type RevocationItemState,
  type RevocationState,
  type RevocationSummary,
} from '../../contract/revocation.ts';
import { EngineError } from '../errors.ts';
import type { Clock, Logger } from '../host.ts';
import type { Poller } from '../poll/poller.ts';
import type { AuditLog } from '../audit/log.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import { RunningJob } from './running-job.ts';
import { runSource, type SourceRun, type Target } from './run-source.ts';

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

/** Shortest time between two summaries to one watcher: each counts the items, and a job may have 100,000 of them. */
const WATCH_SPACING_MS = 100;

/**
 * Runs revocations. A job is in the store before its first request and every step is written before the next one,
 * so that a crash, a closed window or a lost link changes nothing but the time it takes.
 */
export class Jobs {
  readonly #deps: JobsDeps;
  readonly #running = new Map<string, RunningJob>();
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
    this.#run(id, { isResumed: false });
    return this.#summary(id);
  }

  /** Goes on with a job that was stopped or cut off; one that is running or finished is left as it is. */
  async resume(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (running?.isStopping === false) return;
    await running?.done;
    const { state } = await this.#summary(id);
    if (!this.#isClosing && state !== 'done' && state !== 'partial') this.#run(id, { isResumed: true });
  }

  /** Goes on with everything a crash or a closed app cut off. */
  async resumeAll(): Promise<void> {
    for (const id of await this.#deps.read.unfinishedRevocations()) await this.resume(id);
  }

  /**
   * The same, and answers what became of these jobs once they came to their end. Aborting ends the waiting, never a
   * job: `close` lets those come to a stop.
   */
  async resumeAllToTheEnd(signal: AbortSignal): Promise<readonly RevocationSummary[]> {
    const ids = await this.#deps.read.unfinishedRevocations();
    for (const id of ids) await this.resume(id);
    for (const id of ids) for await (const _ of this.watch(id, signal));
    return Promise.all(ids.map((id) => this.#summary(id)));
  }

  /** Stops after the current item; what was asked is still verified. */
  async stop(id: string): Promise<void> {
    await this.#summary(id);
    this.#running.get(id)?.stop();
  }

  /** Yields the summary at once, after steps (of many in a short time only the last), and at the end. */
  async *watch(id: string, signal: AbortSignal): AsyncGenerator<RevocationSummary> {
    for (;;) {
      // Looked up before the summary is read: a job that ends in between is told once more, at its end.
      const running = this.#running.get(id);
      yield await this.#summary(id);
      if (running === undefined) return;
      await running.nextStep(signal);
      await Promise.race([
        running.done,
        this.#deps.clock.sleep(WATCH_SPACING_MS, signal).catch(() => undefined),
      ]);
      if (isOver(signal)) return;
    }
  }

  /** Lets every job come to a stop after its current item; they stay unfinished and go on with the next engine. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const job of this.#running.values()) job.stop();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Does nothing when the job runs already: resumed from two sides at once it must not run twice. */
  #run(id: string, { isResumed }: { isResumed: boolean }): void {
    if (this.#running.has(id)) return;
    const run = async (stopping: AbortSignal) => {
      try {
        await this.#runToEnd(id, isResumed, stopping);
      } catch (error) {
        // The job stays unfinished in the store and goes on with the next engine that polls.
        this.#deps.logger.error('a revocation broke off', { revocation: id, error: String(error) });
      }
      this.#running.delete(id);
      this.#deps.onChange();
    };
    this.#running.set(id, new RunningJob(run));
  }

  async #runToEnd(id: string, isResumed: boolean, stopping: AbortSignal): Promise<void> {
    if (isResumed) await this.#deps.audit.append('revocation.resumed', { revocation: id });
    await this.#deps.write.setRevocationState(id, 'running', null);
    const sources = Map.groupBy(openItems(await this.#get(id)), ({ source }) => source);
    const runs = await Promise.allSettled(
      [...sources].map(([source, items]) => this.#runSource(id, source, items, stopping)),
    );
    for (const run of runs) if (run.status === 'rejected') throw run.reason;
    await this.#finish(id);
  }

  async #runSource(
    id: string,
    source: string,
    items: readonly RevocationItem[],
    stopping: AbortSignal,
  ): Promise<void> {
    const { clock } = this.#deps;
    const record: SourceRun['record'] = (session, state, why) =>
      this.#record(id, source, session, state, why);
    try {
      await runSource({ target: this.#target(source), clock, stopping, record }, items);
    } catch (error) {
      if (!(error instanceof EngineError && error.code === 'not-found')) throw error;
      // The source was removed: without this the job would break off at every start, for ever.
      for (const { session, state, source: from } of openItems(await this.#get(id))) {
        if (from === source)
          await record(session, state === 'planned' ? 'failed' : 'unverifiable', error.message);
      }
    }
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
    const audit = this.#deps.audit.draft('revocation.item', { revocation: id, source, session, state, why });
    await this.#deps.write.recordRevocationStep({
      id,
      session,
      state,
      why,
      atMs: this.#deps.clock.now(),
      audit,
    });
    this.#running.get(id)?.announceStep();
    this.#deps.onChange();
  }

  async #finish(id: string): Promise<void> {
    const { counts } = await this.#summary(id);
    const state = endState(counts);
    if (state === 'stopped' && this.#isClosing) return;
    await this.#deps.write.setRevocationState(id, state, this.#deps.clock.now());
    await this.#deps.audit.append(state === 'stopped' ? 'revocation.stopped' : 'revocation.finished', {
      revocation: id,
      state,
      counts,
    });
  }

  async #summary(id: string): Promise<RevocationSummary> {
    return orNotFound(id, await this.#deps.read.revocationSummary(id));
  }

  async #get(id: string): Promise<Revocation> {
    return orNotFound(id, await this.#deps.read.revocation(id));
  }
}

function orNotFound<T>(id: string, found: T | null): T {
  if (found !== null) return found;
  throw new EngineError('not-found', `There is no revocation "${id}"; "revocations" lists them.`);
}

function openItems({ items }: Revocation): readonly RevocationItem[] {
  return items.filter(({ state }) => !SETTLED.has(state));
}

/** A function, because the signal changes while the generator waits. */
const isOver = (signal: AbortSignal) => signal.aborted;

function endState(counts: RevocationCounts): RevocationState {
  const states = revocationItemState.options.filter((state) => (counts[state] ?? 0) > 0);
  if (states.some((state) => !SETTLED.has(state))) return 'stopped';
  return states.every((state) => SUCCEEDED.has(state)) ? 'done' : 'partial';
}
