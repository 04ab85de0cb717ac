import { TRPCClientError } from '@trpc/client';
import type { CallProblem } from '../contract/error-codes.ts';
import type { AppRouter } from '../engine/router.ts';

/** A failed call as the router's error formatter shapes it: the same on every link. */
export type LinkErrorShape = AppRouter['_def']['_config']['$types']['errorShape'];

/**
 * What went wrong with a call, whatever link it went over: the engine's own words, `disconnected` when the link
 * broke, `cancelled` when the caller gave up, and `internal` for anything thrown that is not a failed call.
 */
export function problemOf(error: unknown): CallProblem {
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data;
    if (isProblemData(data)) return data.engine;
    if (isAbort(error.cause)) return CANCELLED;
    return DISCONNECTED;
  }
  return isAbort(error) ? CANCELLED : INTERNAL;
}

/** A problem that the link itself has, in the shape of the router's errors. */
export function linkError(problem: CallProblem): LinkErrorShape {
  const [key, code] = TRPC_CODES[problem.code === 'refused' ? 'refused' : 'internal'];
  return { message: problem.message, code, data: { code: key, engine: problem } };
}

/** The same as what a client throws. */
export function clientError(shape: LinkErrorShape): TRPCClientError<AppRouter> {
  return TRPCClientError.from<AppRouter>({ error: shape });
}

export const DISCONNECTED = plain(
  'disconnected',
  'The connection to the engine was lost. What was started goes on; ask again once it is back.',
);
export const CANCELLED = plain('cancelled', 'The call was cancelled.');
export const INTERNAL = plain(
  'internal',
  'Something went wrong inside Sessionscope; the log has the details.',
);
export const TOO_MANY_CALLS: CallProblem = {
  ...plain('refused', 'Too many calls are open at once. Wait for some of them to end, then try again.'),
  retryAfterMs: 1000,
};

/** tRPC's own names and JSON-RPC numbers for the two kinds of problem a link has. */
const TRPC_CODES = {
  refused: ['TOO_MANY_REQUESTS', -32029],
  internal: ['INTERNAL_SERVER_ERROR', -32603],
} as const;

function plain(code: CallProblem['code'], message: string): CallProblem {
  return { code, message, retryAfterMs: null, field: null, position: null };
}

function isProblemData(data: unknown): data is { engine: CallProblem } {
  return typeof data === 'object' && data !== null && 'engine' in data;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
