import PQueue from 'p-queue';
import { Agent, type Dispatcher } from 'undici';
import { EngineError } from '../errors.ts';
import type { Clock } from '../host.ts';
import { fault } from './answer.ts';
import { Budget, type Spender } from './budget.ts';
import { exchange, type Exchanged } from './exchange.ts';
import type { HttpAnswer, HttpClient, HttpOptions, HttpRequest } from './http.ts';

export type HttpDeps = {
  readonly clock: Clock;
  /** 0 to 1, for jitter; default Math.random. */
  readonly random?: () => number;
  /** Default: an undici Agent of the client's own. A given one is not closed by the client. */
  readonly dispatcher?: Dispatcher;
  /** Whole-answer limit in milliseconds where the kind states none of its own. */
  readonly timeoutMs?: number;
  /** Whether the running poll was ordered by a person: it then goes out at once and honours what answers say. */
  readonly isOrderedByHand?: () => boolean;
};

/** Longest a request waits for the budget, in milliseconds; beyond it its sender is told to come back. */
const LONGEST_HOLD_MS = 120_000;
const MAX_ATTEMPTS = 3;
const FIRST_BACK_OFF_MS = 500;
const DEFAULT_CONCURRENCY = 2;
const REVOKE_PRIORITY = 1;

/**
 * One polite client of one source: requests wait their turn (revokes first) and for the budget, and end with a
 * complete answer or an EngineError whose message holds no address, token or header.
 */
export function createHttpClient(options: HttpOptions, deps: HttpDeps): HttpClient {
  const { clock, random = Math.random } = deps;
  const { dialect } = options;
  const limits: HttpOptions =
    deps.timeoutMs === undefined ? options : { timeoutMs: deps.timeoutMs, ...options };
  const agent = deps.dispatcher ?? new Agent({ allowH2: false });
  const queue = new PQueue({ concurrency: options.concurrency ?? DEFAULT_CONCURRENCY });
  const budget = new Budget(options.rate, dialect.silenceMeansUnlimited, random);
  const closed = new AbortController();
  let serverOffsetMs = 0;

  async function attempts(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await send(request, signal).catch(asEngineError);
      const isLast = attempt === MAX_ATTEMPTS || request.method !== 'GET';
      if (isLast || !isPassing(outcome)) {
        if (outcome instanceof EngineError) throw outcome;
        return outcome;
      }
      await clock.sleep(FIRST_BACK_OFF_MS * 2 ** (attempt - 1) * (1 + random()), signal);
    }
  }

  async function send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const spender: Spender = {
      bucket: dialect.bucket?.(request) ?? 'all',
      purpose: request.purpose,
      isByHand: request.purpose === 'poll' && (deps.isOrderedByHand?.() ?? false),
    };
    for (;;) {
      const waitMs = budget.waitMs(spender, clock.now());
      if (waitMs > LONGEST_HOLD_MS) throw rateLimited(request.label, waitMs, clock.now());
      // Waiting happens outside the queue: a poll that waits must not hold a place that a revoke needs.
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      const exchanged = await queue.add(async () => spendAndExchange(request, spender, signal), {
        priority: request.purpose === 'revoke' ? REVOKE_PRIORITY : 0,
        signal,
      });
      if (exchanged !== null) return learn(request, spender, exchanged);
    }
  }

  /** Null when somebody else spent the budget while this request stood in the queue. */
  async function spendAndExchange(
    request: HttpRequest,
    spender: Spender,
    signal: AbortSignal,
  ): Promise<Exchanged | null> {
    if (budget.waitMs(spender, clock.now()) > 0) return null;
    budget.spend(spender.bucket, clock.now());
    return exchange(agent, limits, request, signal);
  }

  function learn(request: HttpRequest, spender: Spender, exchanged: Exchanged): HttpAnswer {
    const { answer, serverDateMs } = exchanged;
    const nowMs = clock.now();
    if (serverDateMs !== null) serverOffsetMs = serverDateMs - nowMs;
    const news = dialect.read(answer, nowMs, serverOffsetMs);
    budget.learn(spender.bucket, answer.status, news, nowMs);
    if (answer.status !== 429) return answer;
    throw rateLimited(request.label, budget.refuse(spender.bucket, news, nowMs), nowMs);
  }

  return {
    async request(request) {
      const signal = AbortSignal.any([request.signal, closed.signal]);
      try {
        signal.throwIfAborted();
        return await attempts(request, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
        throw signal.reason instanceof EngineError ? signal.reason : fault('cancelled', request.label);
      }
    },
    async close() {
      closed.abort(new EngineError('cancelled', 'The source was closed while a request was under way.'));
      queue.clear();
      if (deps.dispatcher === undefined) await agent.destroy();
    },
  };
}

/** Whether trying again can help soon. */
function isPassing(outcome: HttpAnswer | EngineError): boolean {
  if (outcome instanceof EngineError) return outcome.code === 'offline' || outcome.code === 'timeout';
  return outcome.status >= 500;
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  throw error;
}

/** The sentence is shown until the next sweep: it says a moment, because how long that is would soon be wrong. */
function rateLimited(label: string, retryAfterMs: number, nowMs: number): EngineError {
  const until = new Date(nowMs + retryAfterMs).toISOString().slice(0, 19).replace('T', ' ');
  return new EngineError(
    'rate-limited',
    `The source takes no more requests for now, so "${label}" has to wait; it can be asked again at ${until} UTC.`,
    { retryAfterMs },
  );
}
