import type { ChangedList } from '../store/lists/list-version.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { UserNumber } from '../store/user-number.ts';

/** Users judged before the next ones are asked for, so that closing waits for few. */
const USERS_A_STEP = 1_000;

export type ListJudgingDeps = {
  readonly read: Pick<StoreReader, 'changedLists' | 'usersOnList'>;
  readonly write: Pick<StoreWriter, 'settleList'>;
  /** Runs the rules over users; answers how many findings are new. */
  readonly judge: (users: ReadonlySet<UserNumber>) => Promise<number>;
  /** Called with what can't be anybody's answer: a run in the background that threw. */
  readonly onBug: (error: unknown) => void;
};

/** What a change of the lists led to. */
export type ListJudgement = { readonly users: number; readonly findings: number };

/**
 * Judges users again whose addresses a changed list is about, one change at a time. What is left undone, by a crash or by
 * closing, is done by the next `run`, whichever engine that is of: the store keeps which lists are not settled.
 */
export class ListJudging {
  readonly #deps: ListJudgingDeps;
  readonly #closed = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #isStarted = false;

  constructor(deps: ListJudgingDeps) {
    this.#deps = deps;
  }

  /** Settles what was left undone, and from now on what `changed` tells of. */
  start(): void {
    this.#isStarted = true;
    this.changed();
  }

  /** Lists changed: once started, their users are judged in the background. */
  changed(): void {
    if (this.#isStarted) this.run().catch(this.#deps.onBug);
  }

  /** Answers when every change that was stored before is settled, or at the end of a step once `signal` is aborted. */
  run(signal?: AbortSignal): Promise<ListJudgement> {
    const either =
      signal === undefined ? this.#closed.signal : AbortSignal.any([signal, this.#closed.signal]);
    const run = this.#last.then(() => this.#run(either));
    this.#last = run.catch(() => undefined);
    return run;
  }

  /** Ends a run under way after its step. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#last;
  }

  async #run(signal: AbortSignal): Promise<ListJudgement> {
    let [users, findings] = [0, 0];
    for (const list of await this.#deps.read.changedLists()) {
      if (signal.aborted) break;
      const judged = await this.#settle(list, signal);
      users += judged.users;
      findings += judged.findings;
    }
    return { users, findings };
  }

  async #settle(list: ChangedList, signal: AbortSignal): Promise<ListJudgement> {
    const { read, write, judge } = this.#deps;
    const users = await read.usersOnList(list);
    let [judged, findings] = [0, 0];
    while (judged < users.length && !signal.aborted) {
      const some = users.slice(judged, judged + USERS_A_STEP);
      findings += await judge(new Set(some));
      judged += some.length;
    }
    if (judged === users.length) await write.settleList(list);
    return { users: judged, findings };
  }
}
