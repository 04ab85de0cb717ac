import type { BudgetNews, HttpRequest, RateDialect } from './http.ts';

export type RateDialectSpec = {
  /** Start of the names of the three budget headers: `x-ratelimit` for `x-ratelimit-limit`, `-remaining`, `-reset`. */
  readonly headers?: 'x-ratelimit' | 'x-rate-limit';
  /** What `-reset` counts. Decided by kind, never guessed from the size of the number. */
  readonly reset?: 'epoch-ms' | 'epoch-s' | 'delta-s';
  /** A header with delta seconds in a refusal, beside the standard `Retry-After`, which is always honoured. */
  readonly retryAfter?: string;
  /** Where a refusal says it in words: the first group is the number of seconds. */
  readonly retryAfterText?: RegExp;
  readonly silenceMeansUnlimited?: boolean;
  readonly bucket?: (request: Pick<HttpRequest, 'method' | 'label'>) => string;
};

/** How one kind tells its budget, as data: the rows of `sources.md` B1. An empty spec hears `Retry-After` alone. */
export function rateDialect(spec: RateDialectSpec = {}): RateDialect {
  return {
    silenceMeansUnlimited: spec.silenceMeansUnlimited ?? false,
    ...(spec.bucket === undefined ? {} : { bucket: spec.bucket }),
    read(answer, nowMs, serverOffsetMs) {
      const number = (name: string) => wholeNumber(spec.headers && answer.headers[`${spec.headers}-${name}`]);
      const news: BudgetNews = {
        limit: number('limit'),
        remaining: number('remaining'),
        resetAtMs: resetAtMs(number('reset'), spec.reset, nowMs, serverOffsetMs),
        retryAfterMs: answer.status === 429 ? retryAfterMs(spec, answer, nowMs, serverOffsetMs) : null,
      };
      return Object.values(news).every((value) => value === null) ? null : news;
    },
  };
}

function resetAtMs(
  value: number | null,
  unit: RateDialectSpec['reset'],
  nowMs: number,
  serverOffsetMs: number,
): number | null {
  if (value === null || unit === undefined) return null;
  if (unit === 'delta-s') return nowMs + value * 1000;
  return (unit === 'epoch-s' ? value * 1000 : value) - serverOffsetMs;
}

function retryAfterMs(
  spec: RateDialectSpec,
  answer: Parameters<RateDialect['read']>[0],
  nowMs: number,
  serverOffsetMs: number,
): number | null {
  const ownSeconds = wholeNumber(spec.retryAfter && answer.headers[spec.retryAfter]);
  const standard = answer.headers['retry-after'];
  const seconds =
    ownSeconds ?? wholeNumber(standard) ?? wholeNumber(spec.retryAfterText?.exec(answer.text)?.[1]);
  if (seconds !== null) return seconds * 1000;
  const dateMs = standard === undefined ? NaN : Date.parse(standard);
  return Number.isNaN(dateMs) ? null : dateMs - serverOffsetMs - nowMs;
}

/** Digits only: a repeated header (`5, 5`) or anything else tells nothing. */
function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
