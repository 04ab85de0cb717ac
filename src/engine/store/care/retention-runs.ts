import { setImmediate } from 'node:timers/promises';
import type { RetentionCounts } from '../../../contract/care.ts';
import { defaultSettings } from '../../detect/settings.ts';
import type { Clock } from '../../host.ts';
import type { AuditDraft } from '../audit-draft.ts';
import type { StoreReader } from '../store-reader.ts';
import type { StoreWriter } from '../store-writer.ts';
import { cutoffMs, isAnything, NOTHING, sum } from './retention.ts';
import type { RetentionCursor, RetentionStep } from './retention-cursor.ts';

/** Rows removed in one transaction: some milliseconds, for which a page of a sweep may have to wait. */
const ROWS_A_STEP = 300;
/** Pages given back in one transaction. */
const PAGES_A_STEP = 500;
/** After a start, so that the first listings come first. */
const FIRST_RUN_MS = 60_000;
const EVERY_MS = 3_600_000;

export type RetentionRunsDeps = {
  readonly read: Pick<StoreReader, 'retention'>;
  readonly write: Pick<StoreWriter, 'retain' | 'giveBack' | 'concludeRetention'>;
  readonly clock: Clock;
  readonly draft: (action: string, detail: AuditDraft['detail']) => AuditDraft;
  /** Called when a run has removed something. */
  readonly onRemoved: () => void;
  /** Called with what can't be anybody's answer: a scheduled run that threw. */
  readonly onBug: (error: unknown) => void;
};

/** Runs retention when it is asked to, and once an hour by itself; one run at a time. */
export class RetentionRuns {
  readonly #deps: RetentionRunsDeps;
  readonly #closed = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #isScheduled = false;

  constructor(deps: RetentionRunsDeps) {
    this.#deps = deps;
  }

  /** Runs by schedule from now on. */
  start(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    void this.#runByTheHour();
  }

  /**
   * One run; `report` hears after each step what was removed so far. Ended early by `signal` it has done a part, and the
   * audit says which. Without a limit nothing is removed; free pages are given back in any case.
   */
  async run(signal: AbortSignal, by: 'hand' | 'schedule', report: (removed: RetentionCounts) => void) {
    const before = this.#last;
    const turn = Promise.withResolvers<null>();
    this.#last = turn.promise;
    try {
      await before;
      return await this.#run(AbortSignal.any([signal, this.#closed.signal]), by, report);
    } finally {
      turn.resolve(null);
    }
  }

  /** Ends a run under way after its step, and the schedule. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#last;
  }

  async #run(
    signal: AbortSignal,
    by: 'hand' | 'schedule',
    report: (removed: RetentionCounts) => void,
  ): Promise<{ removed: RetentionCounts; freedBytes: number }> {
    const { read, write, clock, draft } = this.#deps;
    const { days } = await read.retention();
    const cutoff = cutoffMs(days, clock.now());
    let removed = NOTHING;
    if (cutoff !== null) {
      try {
        await this.#remove(cutoff, signal, report);
      } finally {
        removed = await write.concludeRetention(draft('retention.run', { days, by }), by === 'hand');
        if (isAnything(removed)) this.#deps.onRemoved();
      }
    }
    return { removed, freedBytes: await this.#giveBack(signal) };
  }

  async #remove(
    cutoff: number,
    signal: AbortSignal,
    report: (removed: RetentionCounts) => void,
  ): Promise<void> {
    const { write, clock } = this.#deps;
    const limits = {
      cutoffMs: cutoff,
      findingsCutoffMs: Math.min(cutoff, clock.now() - defaultSettings.judgedMs),
    };
    let removed = NOTHING;
    let cursor: RetentionCursor | null = null;
    while (!signal.aborted) {
      const step: RetentionStep = await write.retain(limits, ROWS_A_STEP, cursor);
      removed = sum(removed, step.removed);
      report(removed);
      if (step.next === null) return;
      cursor = step.next;
      await setImmediate();
    }
  }

  async #giveBack(signal: AbortSignal): Promise<number> {
    let freedBytes = 0;
    while (!signal.aborted) {
      const step = await this.#deps.write.giveBack(PAGES_A_STEP);
      freedBytes += step.freedBytes;
      if (step.done) break;
      await setImmediate();
    }
    return freedBytes;
  }

  async #runByTheHour(): Promise<void> {
    const { signal } = this.#closed;
    for (let delayMs = FIRST_RUN_MS; ; delayMs = EVERY_MS) {
      try {
        await this.#deps.clock.sleep(delayMs, signal);
      } catch {
        return;
      }
      try {
        await this.run(signal, 'schedule', () => undefined);
      } catch (error) {
        if (!signal.aborted) this.#deps.onBug(error);
      }
    }
  }
}
