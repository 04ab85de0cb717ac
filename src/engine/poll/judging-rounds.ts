import type { Clock } from '../host.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { UserNumber } from '../store/user-number.ts';

/** After a start, so that the first listings come first. */
const FIRST_ROUND_MS = 90_000;
/** About an hour, and off the hour by which retention runs, so that the two seldom meet. */
const EVERY_MS = 3_500_000;

export type JudgingRoundsDeps = {
  readonly read: Pick<StoreReader, 'dueForJudging'>;
  readonly write: Pick<StoreWriter, 'concludeJudging'>;
  /** Runs the rules over these users. */
  readonly judge: (users: ReadonlySet<UserNumber>) => Promise<unknown>;
  readonly clock: Clock;
  /** Called with what can't be anybody's answer: a round that threw. It is made up for by the next one. */
  readonly onBug: (error: unknown) => void;
};

/**
 * Has users judged of whom the clock alone makes news: polls judge only whom they touch, and sessions come of age untouched. Once an
 * hour; what came of age while nothing ran is due in the first round.
 */
export class JudgingRounds {
  readonly #deps: JudgingRoundsDeps;
  readonly #closed = new AbortController();
  #underWay: Promise<unknown> = Promise.resolve();
  #isScheduled = false;

  constructor(deps: JudgingRoundsDeps) {
    this.#deps = deps;
  }

  start(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#underWay = this.#runByTheHour();
  }

  /** Ends the schedule, after the round under way. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#underWay;
  }

  async #runByTheHour(): Promise<void> {
    const { clock, onBug } = this.#deps;
    const { signal } = this.#closed;
    for (let delayMs = FIRST_ROUND_MS; ; delayMs = EVERY_MS) {
      try {
        await clock.sleep(delayMs, signal);
      } catch {
        return;
      }
      try {
        await this.#round();
      } catch (error) {
        if (!signal.aborted) onBug(error);
      }
    }
  }

  async #round(): Promise<void> {
    const { read, write, judge } = this.#deps;
    const { users, untilMs } = await read.dueForJudging();
    await judge(new Set(users));
    await write.concludeJudging(untilMs);
  }
}
