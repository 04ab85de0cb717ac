import type { StoreReader } from '../store/store-reader.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { UserNumber } from '../store/user-number.ts';

/** Users judged before the next ones are asked for, so that closing waits for few. */
const USERS_A_STEP = 1_000;

export type ChangeJudgingDeps = {
  readonly read: Pick<StoreReader, 'changedLists' | 'usersOnList' | 'policyChange'>;
  readonly write: Pick<StoreWriter, 'settleList' | 'settlePolicy'>;
  /** Runs the rules over users; answers how many findings are new. */
  readonly judge: (users: ReadonlySet<UserNumber>) => Promise<number>;
  /** Called with what can't be anybody's answer: a run in the background that threw. */
  readonly onBug: (error: unknown) => void;
};

/** What changes led to. */
export type ChangeJudgement = { readonly users: number; readonly findings: number };

/** Whom a change concerns, and what tells the store that all of them were judged. */
type Change = { readonly users: readonly UserNumber[]; readonly conclude: () => Promise<void> };

/**
 * Judges users again of whom the rules may say something else because the analyst's lists or the policy of countries changed, one
 * change at a time. What is left undone, by a crash or by closing, is done by the next `run`, whichever engine that is of: the
 * store keeps which changes are not settled.
 */
export class ChangeJudging {
  readonly #deps: ChangeJudgingDeps;
  readonly #closed = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #isStarted = false;

  constructor(deps: ChangeJudgingDeps) {
    this.#deps = deps;
  }

  /** Settles what was left undone, and from now on what `changed` tells of. */
  start(): void {
    this.#isStarted = true;
    this.changed();
  }

  /** Something changed: once started, whom it concerns is judged in the background. */
  changed(): void {
    if (this.#isStarted) this.run().catch(this.#deps.onBug);
  }

  /** Answers when every change that was stored before is settled, or at the end of a step once `signal` is aborted. */
  run(signal?: AbortSignal): Promise<ChangeJudgement> {
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

  async #run(signal: AbortSignal): Promise<ChangeJudgement> {
    let [users, findings] = [0, 0];
    for await (const change of this.#changes()) {
      if (signal.aborted) break;
      const judged = await this.#settle(change, signal);
      users += judged.users;
      findings += judged.findings;
    }
    return { users, findings };
  }

  async *#changes(): AsyncGenerator<Change> {
    const { read, write } = this.#deps;
    for (const list of await read.changedLists()) {
      yield { users: await read.usersOnList(list), conclude: () => write.settleList(list) };
    }
    const policy = await read.policyChange();
    if (policy !== null) {
      yield { users: policy.users, conclude: () => write.settlePolicy(policy.revision) };
    }
  }

  async #settle({ users, conclude }: Change, signal: AbortSignal): Promise<ChangeJudgement> {
    let [judged, findings] = [0, 0];
    while (judged < users.length && !signal.aborted) {
      const some = users.slice(judged, judged + USERS_A_STEP);
      findings += await this.#deps.judge(new Set(some));
      judged += some.length;
    }
    if (judged === users.length) await conclude();
    return { users: judged, findings };
  }
}
