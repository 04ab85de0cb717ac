import type { Problem } from '../../contract/error-codes.ts';
import type { SweepReport } from '../../contract/source.ts';
import type { Enricher } from '../enrich/enricher.ts';
import { EngineError, toProblem } from '../errors.ts';
import type { Clock, Logger } from '../host.ts';
import type { RejectedRow, Row, Source, SourcePage, SweepEnd } from '../source/source.ts';
import type { SweepResult } from '../store/batch-result.ts';
import type { Touched } from '../store/judgement.ts';
import type { EventRecord, SessionRecord } from '../store/records.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { Store } from '../store/store.ts';
import type { UserNumber } from '../store/user-number.ts';
import { ListedSessions } from './listed-sessions.ts';
import { PageGathering } from './page-gathering.ts';
import { createRecorder, type Recorder } from './record.ts';
import type { SweepJudging } from './sweep-judging.ts';

export type Sweep = {
  readonly report: SweepReport;
  /**
   * What this sweep saw, by key: proof of presence whatever happened later in the sweep. The poller clears it when a later
   * sweep has ended, and at once when this one broke off: ask before waiting for anything.
   */
  readonly live: ListedSessions;
  /** How long the source asked us to stay away, or null. */
  readonly retryAfterMs: number | null;
  /** The source failed, rather than answered something that is not a complete listing: a reason to back off. */
  readonly isFault: boolean;
};

export type SweepDeps = {
  readonly store: Store;
  readonly enricher: Enricher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly judging: Pick<SweepJudging, 'afterListing'>;
};

const MAX_REJECTED_EXAMPLES = 5;

/**
 * One complete listing of a source, written page by page, and what the rules say of it. Never throws for what the far side does: the
 * report says what went wrong, and only a sweep that is complete and free of errors lets absence mean anything.
 */
export async function sweepSource(
  deps: SweepDeps,
  write: StoreWriter,
  id: string,
  source: Source,
  signal: AbortSignal,
): Promise<Sweep> {
  const progress = new Progress(id);
  progress.findings = await deps.judging.afterListing(id, async () => {
    await listSource(deps, write, source, progress, signal);
    return progress.touched();
  });
  return progress.sweep();
}

async function listSource(
  deps: SweepDeps,
  write: StoreWriter,
  source: Source,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { id } = progress;
  try {
    await deps.enricher.ready();
    const account = await source.account(signal);
    const recorder = createRecorder({
      enricher: deps.enricher,
      identityKey: deps.store.identityKey,
      source: id,
      account,
      scope: source.capabilities.scope,
    });
    const number = await write.beginSweep(id, account, deps.clock.now());
    const end = await readPages(deps, write, number, source, recorder, progress, signal);
    const result = await write.finishSweep(
      number,
      {
        complete: end.complete,
        problem: end.complete ? null : end.problem,
        rejectedRows: progress.rejectedRows,
        rejectedExamples: progress.rejectedExamples,
        idReconnects: source.capabilities.idStability === 'reconnects',
      },
      deps.clock.now(),
    );
    progress.ended = result.ended;
    progress.adopt(result.joined);
    progress.touch(result);
    if (!end.complete) progress.problem = end.problem;
  } catch (error) {
    progress.fail(error);
    logIfBug(deps.logger, id, error);
    await write.recordFailure(id, progress.problem ?? toProblem(error), deps.clock.now());
  }
}

/** Reads to the end of the listing; a fault on the way is the end's problem, and what came before stays written. */
async function readPages(
  deps: SweepDeps,
  write: StoreWriter,
  number: number,
  source: Source,
  recorder: Recorder,
  progress: Progress,
  signal: AbortSignal,
): Promise<SweepEnd> {
  const gathering = new PageGathering<RecordedPage>((pages) =>
    writePages(deps, write, number, pages, progress),
  );
  const pages = source.list(signal);
  try {
    for (;;) {
      const step = await pages.next();
      if (step.done === true) {
        await gathering.end();
        return step.value;
      }
      const { rows, history, events, rejected } = step.value;
      progress.reject(rejected);
      await gathering.add(recordPage(recorder, step.value), rows.length + history.length + events.length);
    }
  } catch (error) {
    await gathering.end().catch(() => undefined);
    progress.fail(error);
    logIfBug(deps.logger, progress.id, error);
    return { complete: false, problem: toProblem(error) };
  }
}

type RecordedPage = {
  readonly rows: readonly { readonly row: Row; readonly record: SessionRecord }[];
  readonly history: readonly SessionRecord[];
  readonly events: readonly EventRecord[];
};

function recordPage(recorder: Recorder, page: SourcePage): RecordedPage {
  return {
    rows: page.rows.map((row) => ({ row, record: recorder.session(row) })),
    history: page.history.map((row) => recorder.session(row)),
    events: page.events.map((event) => recorder.event(event)),
  };
}

async function writePages(
  deps: SweepDeps,
  write: StoreWriter,
  number: number,
  pages: readonly RecordedPage[],
  progress: Progress,
): Promise<void> {
  const rows = pages.flatMap((page) => page.rows);
  const result = await write.ingest(
    number,
    {
      rows: rows.map(({ record }) => record),
      history: pages.flatMap(({ history }) => history),
      events: pages.flatMap(({ events }) => events),
    },
    deps.clock.now(),
  );
  for (const { row, record } of rows) {
    const key = result.canonical.get(record.key) ?? record.key;
    const isGone = row.state === 'ended' || row.state === 'expired';
    progress.live.add(key, isGone ? 'gone' : { native: row.native, userId: record.user.id });
  }
  progress.new += result.newSessions;
  progress.observations += result.observations;
  progress.touch(result);
}

function logIfBug(logger: Logger, source: string, error: unknown): void {
  if (error instanceof EngineError) return;
  logger.error('a sweep failed inside Sessionscope', {
    source,
    error: error instanceof Error ? error.stack : String(error),
  });
}

/** What a sweep has seen so far. */
class Progress {
  readonly id: string;
  readonly live = new ListedSessions();
  readonly rejectedExamples: string[] = [];
  rejectedRows = 0;
  new = 0;
  ended = 0;
  observations = 0;
  findings = 0;
  problem: Problem | null = null;
  readonly #users = new Set<UserNumber>();
  readonly #days = new Set<number>();
  #retryAfterMs: number | null = null;
  #isFault = false;

  constructor(id: string) {
    this.id = id;
  }

  fail(error: unknown): void {
    this.problem = toProblem(error);
    this.#isFault = true;
    if (error instanceof EngineError) this.#retryAfterMs = error.retryAfterMs;
  }

  touch({ touched, touchedDays }: Pick<SweepResult, 'touched' | 'touchedDays'>): void {
    for (const user of touched) this.#users.add(user);
    for (const day of touchedDays) this.#days.add(day);
  }

  touched(): Touched {
    return { users: this.#users, days: [...this.#days].map((day) => ({ source: this.id, day })) };
  }

  /** Sessions that turned out to be older ones under a new id are known by their first key. */
  adopt(joined: ReadonlyMap<string, string>): void {
    for (const [key, canonical] of joined) if (this.live.rename(key, canonical)) this.new -= 1;
  }

  reject(rows: readonly RejectedRow[]): void {
    this.rejectedRows += rows.length;
    const examples = rows.slice(0, MAX_REJECTED_EXAMPLES - this.rejectedExamples.length);
    for (const { index, reason } of examples) this.rejectedExamples.push(`row ${index + 1}: ${reason}`);
  }

  sweep(): Sweep {
    return {
      report: {
        source: this.id,
        ok: this.problem === null,
        complete: this.problem === null,
        sessions: this.live.size,
        new: this.new,
        ended: this.ended,
        observations: this.observations,
        findings: this.findings,
        error: this.problem,
      },
      live: this.live,
      retryAfterMs: this.#retryAfterMs,
      isFault: this.#isFault,
    };
  }
}
