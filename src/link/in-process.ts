import {
  createTRPCRecursiveProxy,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  type TRPCError,
} from '@trpc/server';
import type { AppRouter, RouterContext } from '../engine/router.ts';
import { CANCELLED, clientError, linkError } from './problem.ts';

/** The router's procedures as functions: `caller.sessions.list({ query: 'country:DE' })`. */
export type EngineCaller = ReturnType<AppRouter['createCaller']>;

export type InProcessOptions = {
  readonly router: AppRouter;
  readonly context: RouterContext;
  /** Aborts every call that was made with this caller, feeds first of all. */
  readonly signal?: AbortSignal;
  /** Told of every error that is thrown, with the path of the call; the caller gets the formatter's words only. */
  readonly onError?: (error: TRPCError, path: string) => void;
};

/**
 * The third link: no wire at all. Inputs and outputs are checked and errors are shaped exactly as on the others,
 * so `problemOf` reads them; leaving a feed's loop runs its `finally`.
 */
export function inProcessCaller(options: InProcessOptions): EngineCaller {
  const { router, context, signal } = options;

  const failed = (cause: unknown, path: string, input: unknown) => {
    if (signal?.aborted === true) return clientError(linkError(CANCELLED));
    const error = getTRPCErrorFromUnknown(cause);
    options.onError?.(error, path);
    const config = router._def._config;
    return clientError(getTRPCErrorShape({ config, error, path, input, type: 'unknown', ctx: context }));
  };
  async function* shaped(feed: AsyncIterable<unknown>, path: string, input: unknown) {
    try {
      yield* feed;
    } catch (cause) {
      throw failed(cause, path, input);
    }
  }

  const caller = router.createCaller(context, signal === undefined ? {} : { signal });
  return createTRPCRecursiveProxy<EngineCaller>(async ({ path: names, args: [input] }) => {
    const path = names.join('.');
    // The caller is itself a proxy of nested names, so any path ends in a function; unknown ones reject.
    const call = names.reduce<object>((node, name) => Reflect.get(node, name) as object, caller) as Call;
    try {
      const result = await unlessAborted(call(input), signal);
      return isFeed(result) ? shaped(result, path, input) : result;
    } catch (cause) {
      throw failed(cause, path, input);
    }
  });
}

/** The work goes on in the engine, but its caller waits no longer. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

type Call = (input: unknown) => Promise<unknown>;

function isFeed(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
