import type { Capabilities } from '../../contract/source.ts';
import type { Secret } from '../secret.ts';

/** One request of an adapter, relative to the source's address. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the base address, starting with `/`. Never logged: it may hold a token. */
  readonly path: string | Secret;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly json?: unknown;
  /** Revokes go before polls and use the part of the budget that polls leave. */
  readonly purpose: 'poll' | 'revoke';
  /** What this call is, for messages and logs instead of its address: `list sessions`. */
  readonly label: string;
  readonly signal: AbortSignal;
};

/** A complete answer below the size cap, whatever its status (429 and redirects are thrown). */
export type HttpAnswer = {
  readonly status: number;
  /** Lower-case names; repeated headers joined by `, `; `set-cookie` and `set-auth-token` are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** `name=value` of every cookie set by this answer, for kinds that rotate theirs. */
  readonly cookies: readonly Secret[];
  readonly text: string;
  /** The body as JSON; throws `bad-answer` naming what came instead (HTML, truncated, empty). */
  json(): unknown;
};

/** How a kind tells its budget. `resetAtMs` is already in our clock's time; unknown is null. */
export type BudgetNews = {
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly resetAtMs: number | null;
  /** From a refusal: how long to wait; null lets the client assume the rest of the window. */
  readonly retryAfterMs: number | null;
};

export type RateDialect = {
  /** `serverOffsetMs` is server time minus ours, from the `Date` header (0 when unknown). Null when the answer tells nothing. */
  read(
    answer: Pick<HttpAnswer, 'status' | 'headers' | 'text'>,
    nowMs: number,
    serverOffsetMs: number,
  ): BudgetNews | null;
  /** An answer without budget headers means that no limiter runs (Rocket.Chat). */
  readonly silenceMeansUnlimited: boolean;
  /** Which bucket a call belongs to; one for all when left out. */
  bucket?(request: Pick<HttpRequest, 'method' | 'label'>): string;
};

export type HttpOptions = {
  readonly baseUrl: string;
  readonly dialect: RateDialect;
  /** Documented budgets, used until an answer's headers say otherwise. */
  readonly rate: Capabilities['rate'];
  /** Default 2. */
  readonly concurrency?: number;
  /** Whole-answer limit in milliseconds, default 20,000. */
  readonly timeoutMs?: number;
  /** Largest body in bytes, default 32 MiB. */
  readonly maxBytes?: number;
};

export type HttpClient = {
  /**
   * Sends one request within the budget; a GET that meets `offline`, `timeout` or a 5xx is tried twice more.
   * Throws EngineError: `timeout`, `offline` (refused, reset, or cut while reading), `tls`, `redirected`,
   * `too-large`, `rate-limited` (with `retryAfterMs`), `cancelled`, `bad-answer` (no HTTP, or compressed though
   * not asked for), `unauthorized` (a credential that can't stand in a header).
   * Does not judge other statuses: 401, 403, 404 and 5xx mean different things to different kinds.
   */
  request(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
};
