import type { Capabilities } from '../../contract/source.ts';
import type { BudgetNews, HttpRequest } from './http.ts';

/** Part of every window that polls may use; the rest stays free for revokes (`sources.md` B1). */
const POLL_SHARE = 0.6;
/** Waits told by the far side are never believed below or above these, in milliseconds. */
const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 3_600_000;
/** Assumed where neither the answer nor the documentation names a window, in milliseconds. */
const ASSUMED_WINDOW_MS = 60_000;

export type Spender = {
  readonly bucket: string;
  readonly purpose: HttpRequest['purpose'];
  /** Ordered by a person: not held back by what is only documented or kept for revokes, but by what answers say. */
  readonly isByHand: boolean;
};

/** Per bucket: what was documented counts until an answer tells better, and a refusal closes it for all. */
type Bucket = {
  /** When the last requests went out, oldest first: as many as the largest documented budget. */
  sentAtMs: number[];
  told: { limit: number; remaining: number; resetAtMs: number } | null;
  closedUntilMs: number;
  isUnlimited: boolean;
};

/** What a source still allows, bucket by bucket. Asks no clock: every call brings the time. */
export class Budget {
  readonly #rate: Capabilities['rate'];
  readonly #silenceMeansUnlimited: boolean;
  readonly #random: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `random` spreads the returns after a refusal: 0 to 1, as Math.random. */
  constructor(rate: Capabilities['rate'], silenceMeansUnlimited: boolean, random: () => number) {
    this.#rate = rate;
    this.#silenceMeansUnlimited = silenceMeansUnlimited;
    this.#random = random;
  }

  /** Milliseconds until this request may go out; 0 is now. Ask again after waiting: others spend too. */
  waitMs(spender: Spender, nowMs: number): number {
    const bucket = this.#bucket(spender.bucket);
    if (nowMs < bucket.closedUntilMs) return bucket.closedUntilMs - nowMs;
    if (bucket.isUnlimited) return 0;
    return bucket.told === null
      ? this.#documentedWaitMs(bucket, spender, nowMs)
      : this.#toldWaitMs(bucket.told, spender, nowMs);
  }

  /** Counts a request that goes out now. */
  spend(name: string, nowMs: number): void {
    const bucket = this.#bucket(name);
    if (bucket.told !== null) bucket.told.remaining -= 1;
    bucket.sentAtMs.push(nowMs);
    const kept = Math.max(0, ...this.#rate.map(({ max }) => max));
    if (bucket.sentAtMs.length > kept) bucket.sentAtMs.splice(0, bucket.sentAtMs.length - kept);
  }

  /** Takes in what an answer told (null: nothing). */
  learn(name: string, status: number, news: BudgetNews | null, nowMs: number): void {
    const bucket = this.#bucket(name);
    if (news !== null && (news.limit !== null || news.remaining !== null)) this.#believe(bucket, news, nowMs);
    // Errors may come from in front of the limiter; only a success without headers shows that there is none.
    const isSilent = news === null && status >= 200 && status <= 299;
    if (isSilent && this.#silenceMeansUnlimited) {
      bucket.isUnlimited = true;
      bucket.told = null;
    }
  }

  /** Closes a bucket after a refusal and answers for how long, in milliseconds: at least what was told. */
  refuse(name: string, news: BudgetNews | null, nowMs: number): number {
    const bucket = this.#bucket(name);
    const toldMs = news?.retryAfterMs ?? (news?.resetAtMs == null ? null : news.resetAtMs - nowMs);
    const waitMs = clampMs((toldMs ?? this.#windowMs()) * (1 + 0.1 * this.#random()));
    bucket.closedUntilMs = Math.max(bucket.closedUntilMs, nowMs + waitMs);
    bucket.isUnlimited = false;
    return bucket.closedUntilMs - nowMs;
  }

  #believe(bucket: Bucket, news: BudgetNews, nowMs: number): void {
    const before = bucket.told !== null && nowMs < bucket.told.resetAtMs ? bucket.told : null;
    const limit = news.limit ?? before?.limit ?? this.#documentedMax() ?? news.remaining ?? 1;
    const remaining = news.remaining ?? before?.remaining ?? limit - 1;
    bucket.isUnlimited = false;
    bucket.told = {
      limit,
      // Inside a window it only shrinks: an answer that left before our last request went out must not refill it.
      remaining: before === null ? remaining : Math.min(remaining, before.remaining),
      resetAtMs: before?.resetAtMs ?? nowMs + clampMs((news.resetAtMs ?? nowMs + this.#windowMs()) - nowMs),
    };
  }

  #toldWaitMs(told: NonNullable<Bucket['told']>, spender: Spender, nowMs: number): number {
    if (nowMs >= told.resetAtMs) {
      // A new window, of which the next answer tells more; one request at least must be able to ask.
      told.remaining = Math.max(1, told.limit);
      told.resetAtMs = nowMs + this.#windowMs();
    }
    const isKeptBack = spender.purpose === 'poll' && !spender.isByHand;
    const reserve = isKeptBack ? Math.max(0, told.limit - pollShareOf(told.limit)) : 0;
    return told.remaining > reserve ? 0 : Math.max(told.resetAtMs - nowMs, 1);
  }

  #documentedWaitMs(bucket: Bucket, spender: Spender, nowMs: number): number {
    if (spender.isByHand) return 0;
    const waits = this.#rate.map(({ max, windowMs }) => {
      const allowed = spender.purpose === 'poll' ? pollShareOf(max) : max;
      const blocking = bucket.sentAtMs.at(-allowed);
      return blocking === undefined ? 0 : blocking + windowMs - nowMs;
    });
    return Math.max(0, ...waits);
  }

  /** The window a documented budget renews in: the shortest, since an unknown wait should be tried early. */
  #windowMs(): number {
    return this.#rate.length === 0
      ? ASSUMED_WINDOW_MS
      : Math.min(...this.#rate.map(({ windowMs }) => windowMs));
  }

  #documentedMax(): number | null {
    return this.#rate.length === 0 ? null : Math.min(...this.#rate.map(({ max }) => max));
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name);
    if (known !== undefined) return known;
    const bucket = { sentAtMs: [], told: null, closedUntilMs: 0, isUnlimited: false };
    this.#buckets.set(name, bucket);
    return bucket;
  }
}

/** How many of a window's requests polls may use; never none, or nothing would ever be listed. */
function pollShareOf(max: number): number {
  return Math.max(1, Math.floor(max * POLL_SHARE));
}

function clampMs(waitMs: number): number {
  return Math.min(Math.max(waitMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}
