import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  type AnyRouter,
  type TRPCError,
} from '@trpc/server';
import { readPortRequest, type PortAnswer, type PortRequest } from './port-message.ts';
import type { Port } from './port.ts';
import { INTERNAL, linkError, TOO_MANY_CALLS } from './problem.ts';

export type PortServerOptions = {
  readonly router: AnyRouter;
  /** What the router's procedures get. */
  readonly context: object;
  readonly port: Port;
  /** Calls one page may have open at once, feeds included; one more is refused. Default 200. */
  readonly maxOpenCalls?: number;
  /** Told of every error that is thrown, with the path of the call; the page gets the formatter's words only. */
  readonly onError?: (error: TRPCError, path: string) => void;
};

type Call = Extract<PortRequest, { kind: 'call' }>;

/** Serves the router over a port until either side closes it; closing aborts everything that still runs. */
export function servePort(options: PortServerOptions): { close(): void } {
  const { port, maxOpenCalls = 200 } = options;
  const open = new Map<number, AbortController>();

  const answer = (message: PortAnswer) => port.send(message);
  const abortAll = () => {
    for (const controller of open.values()) controller.abort();
    open.clear();
  };

  port.onMessage((message) => {
    const request = readPortRequest(message);
    if (request === null) return;
    if (request.kind === 'stop') {
      open.get(request.id)?.abort();
    } else if (open.size >= maxOpenCalls || open.has(request.id)) {
      answer({ kind: 'failed', id: request.id, error: linkError(TOO_MANY_CALLS) });
    } else {
      const controller = new AbortController();
      open.set(request.id, controller);
      void run(options, request, controller.signal, answer).finally(() => {
        if (open.get(request.id) === controller) open.delete(request.id);
      });
    }
  });
  port.onClose(abortAll);
  port.start();
  return {
    close: () => {
      abortAll();
      port.close();
    },
  };
}

/** Runs one call to its end; nothing is answered any more once it was stopped. Never rejects. */
async function run(
  options: PortServerOptions,
  call: Call,
  signal: AbortSignal,
  answer: (message: PortAnswer) => void,
): Promise<void> {
  const { id, type, path, input } = call;
  const { router, context } = options;
  try {
    const result: unknown = await callTRPCProcedure({
      router,
      path,
      type,
      ctx: context,
      getRawInput: async () => input,
      signal,
      batchIndex: 0,
    });
    if (type === 'subscription') {
      // Leaving the loop runs the procedure's `finally`, also when it does not look at its signal itself.
      for await (const value of result as AsyncIterable<unknown>) {
        if (signal.aborted) break;
        answer({ kind: 'value', id, value });
      }
    } else if (!signal.aborted) answer({ kind: 'value', id, value: result });
    if (!signal.aborted) answer({ kind: 'done', id });
  } catch (cause) {
    if (signal.aborted) return;
    const error = getTRPCErrorFromUnknown(cause);
    options.onError?.(error, path);
    answer({ kind: 'failed', id, error: shapeOf(error, options, call) });
  }
}

function shapeOf(error: TRPCError, { router, context }: PortServerOptions, { path, type, input }: Call) {
  try {
    const shape: unknown = getTRPCErrorShape({
      config: router._def._config,
      error,
      type,
      path,
      input,
      ctx: context,
    });
    return shape as ReturnType<typeof linkError>;
  } catch {
    return linkError(INTERNAL);
  }
}
