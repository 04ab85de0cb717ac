import { getTRPCErrorShape, type TRPCError } from '@trpc/server';
import type { AppRouter, RouterContext } from '../engine/router.ts';

/**
 * Makes the `onError` of a link: bugs go to the log with their stack, because the caller is told nothing of them;
 * what a caller can act on is the caller's business and is not logged.
 */
export function logBugs(
  { router, context }: { router: AppRouter; context: RouterContext },
  log: { error(message: string, values: Record<string, unknown>): void },
): (error: TRPCError, path: string | undefined) => void {
  return (error, path) => {
    const config = router._def._config;
    const shape = getTRPCErrorShape({
      config,
      error,
      path,
      type: 'unknown',
      input: undefined,
      ctx: context,
    });
    if (shape.data.engine.code !== 'internal') return;
    const { stack } = error.cause ?? error;
    log.error('A call failed because of a fault in Sessionscope.', {
      call: path ?? null,
      stack: stack ?? null,
    });
  };
}
