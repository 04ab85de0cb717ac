import { z } from 'zod';

/**
 * What an answer of a source can mean when it is not a listing. The list is closed: every transport
 * error, status and body of every kind maps to exactly one of these, and none of them is "no sessions".
 */
export const sourceErrorCode = z.enum([
  'unauthorized',
  'stale-login',
  'second-factor',
  'forbidden',
  'quota',
  'rate-limited',
  'licence',
  'not-found',
  'server-error',
  'timeout',
  'offline',
  'tls',
  'redirected',
  'too-large',
  'bad-answer',
  'incomplete',
  'cancelled',
  'internal',
]);
export type SourceErrorCode = z.infer<typeof sourceErrorCode>;

/** What the engine itself answers when it does not do what was asked. */
export const engineErrorCode = z.enum([
  'invalid-input',
  'not-found',
  'conflict',
  'refused',
  'cancelled',
  'disconnected',
  'internal',
]);
export type EngineErrorCode = z.infer<typeof engineErrorCode>;

/** Any code a caller can meet on a link. */
export type ErrorCode = SourceErrorCode | EngineErrorCode;

/** An error as it crosses a link or is stored beside a sweep: a code and a sentence, never a stack. */
export const problem = z.object({ code: z.union([sourceErrorCode, engineErrorCode]), message: z.string() });
export type Problem = z.infer<typeof problem>;

/** What a failed call carries over every link (in tRPC: `error.data.engine`). */
export type CallProblem = Problem & {
  /** How long to wait before asking again can help, in milliseconds; null when waiting does not help. */
  retryAfterMs: number | null;
  /** The input field the sentence is about, as a path such as `sources.0.url`; null when none. */
  field: string | null;
  /** Zero-based character position in a query text; null when the problem is not a query. */
  position: number | null;
};
