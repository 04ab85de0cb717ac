import type { HistoryFormat, HistoryImported } from '../../contract/history.ts';
import type { RejectedRow } from '../source/source.ts';
import type { ImportedPage } from '../store/batch-result.ts';
import type { UserNumber } from '../store/user-number.ts';
import type { PastLogin } from './past-login.ts';
import type { HistoryPage } from './read-history.ts';

/** A line this far after now has a wrong year or zone, in milliseconds; a clock that runs ahead is left to the rules. Ours. */
const FUTURE_MS = 86_400_000;
const MAX_EXAMPLES = 5;

/** What an import has done so far. */
export class ImportTally {
  readonly touched = new Set<UserNumber>();
  readonly touchedDays = new Set<number>();
  readonly rejectedExamples: string[] = [];
  accepted = 0;
  rejected = 0;
  events = 0;
  /** Something of it is in the store. */
  isStored = false;
  readonly #latestMs: number;
  #format: HistoryFormat = 'events-jsonl';
  #forgotten = 0;

  constructor(nowMs: number) {
    this.#latestMs = nowMs + FUTURE_MS;
  }

  get read(): number {
    return this.accepted + this.rejected;
  }

  /** Counts the lines of a page; answers the logins that can be stored. */
  addPage({ format, logins, rejected }: HistoryPage): readonly PastLogin[] {
    const accepted = logins.filter(({ atMs }) => atMs <= this.#latestMs);
    this.#format = format;
    this.accepted += accepted.length;
    const early = logins.filter(({ atMs }) => atMs > this.#latestMs);
    this.#reject([...rejected, ...early.map(({ line }) => ({ index: line, reason: IN_THE_FUTURE }))]);
    return accepted;
  }

  addStored(
    { newEvents, forgotten, touched, touchedDays }: ImportedPage,
    { isJudged }: { isJudged: boolean },
  ): void {
    this.isStored = true;
    this.events += newEvents;
    this.#forgotten += forgotten;
    for (const day of touchedDays) this.touchedDays.add(day);
    if (isJudged) for (const user of touched) this.touched.add(user);
  }

  result(source: string, findings: number): HistoryImported {
    return {
      read: this.read,
      accepted: this.accepted,
      rejected: this.rejected,
      events: this.events,
      findings,
      forgotten: this.#forgotten,
      rejectedExamples: this.rejectedExamples,
      source,
      format: this.#format,
    };
  }

  #reject(lines: readonly RejectedRow[]): void {
    this.rejected += lines.length;
    if (this.rejectedExamples.length === MAX_EXAMPLES) return;
    const first = lines.toSorted((a, b) => a.index - b.index);
    for (const { index, reason } of first.slice(0, MAX_EXAMPLES - this.rejectedExamples.length))
      this.rejectedExamples.push(`line ${index}: ${reason}`);
  }
}

const IN_THE_FUTURE = 'its time lies more than a day ahead';
