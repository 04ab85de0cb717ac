import type { Clock } from '../host.ts';
import type { JudgeInTurn, Touched } from '../store/judgement.ts';
import { compareText } from '../text-order.ts';
import { FEW_USERS } from './reconsidering.ts';

/** However short a listing was, its users wait so long for other listings under way. */
const LEAST_WAIT_MS = 15_000;

type Waiting = {
  readonly source: string;
  readonly touched: Touched;
  /** When it is judged even if other listings are still under way. */
  readonly untilMs: number;
  readonly answer: (findings: number) => void;
  readonly fail: (error: unknown) => void;
};

/**
 * Judges what sweeps touched. Users of one source are held against what everybody did at all of them, so whoever is judged
 * while other sources are still listed is judged again when these are done. Many users therefore wait until no listing is under way,
 * at most as long again as their own listing took, and are judged with those of other sweeps; few are judged at once.
 */
export class SweepJudging {
  readonly #judgeInTurn: JudgeInTurn;
  readonly #clock: Clock;
  #listings = 0;
  #waiting: Waiting[] = [];
  #isJudging = false;
  #timer: AbortController | null = null;

  constructor(judgeInTurn: JudgeInTurn, clock: Clock) {
    this.#judgeInTurn = judgeInTurn;
    this.#clock = clock;
  }

  /** No listing is under way. */
  get isQuiet(): boolean {
    return this.#listings === 0;
  }

  /** Lists a source and has judged what that touched; answers how many findings were new. Throws what either of the two throws. */
  async afterListing(source: string, list: () => Promise<Touched>): Promise<number> {
    const beganMs = this.#clock.now();
    let findings: Promise<number>;
    this.#listings += 1;
    try {
      const touched = await list();
      findings =
        touched.users.size > FEW_USERS
          ? this.#judgedTogether(source, touched, beganMs)
          : sum(this.#judgeInTurn([touched]));
    } finally {
      this.#listings -= 1;
      this.#next();
    }
    return findings;
  }

  #judgedTogether(source: string, touched: Touched, beganMs: number): Promise<number> {
    const endedMs = this.#clock.now();
    const untilMs = endedMs + Math.max(LEAST_WAIT_MS, endedMs - beganMs);
    return new Promise((answer, fail) => this.#waiting.push({ source, touched, untilMs, answer, fail }));
  }

  #next(): void {
    this.#timer?.abort();
    if (this.#isJudging || this.#waiting.length === 0) return;
    const waitMs = Math.min(...this.#waiting.map(({ untilMs }) => untilMs)) - this.#clock.now();
    if (this.isQuiet || waitMs <= 0) void this.#judge();
    else this.#wakeAfter(waitMs);
  }

  #wakeAfter(ms: number): void {
    const timer = new AbortController();
    this.#timer = timer;
    this.#clock.sleep(ms, timer.signal).then(
      () => this.#next(),
      () => undefined,
    );
  }

  async #judge(): Promise<void> {
    // Incidents are numbered in this order, which is not that of arrival.
    const together = this.#waiting.toSorted((a, b) => compareText(a.source, b.source));
    this.#waiting = [];
    this.#isJudging = true;
    const unanswered = [...together];
    try {
      for await (const findings of this.#judgeInTurn(together.map(({ touched }) => touched)))
        unanswered.shift()?.answer(findings);
    } catch (error) {
      for (const { fail } of unanswered) fail(error);
    } finally {
      this.#isJudging = false;
      this.#next();
    }
  }
}

async function sum(counts: AsyncIterable<number>): Promise<number> {
  let all = 0;
  for await (const count of counts) all += count;
  return all;
}
