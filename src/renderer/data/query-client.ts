import { QueryClient } from '@tanstack/react-query';
import { callProblemOf } from './call-problem.ts';

/** Codes for which asking again by itself can help. */
const PASSING = new Set(['disconnected', 'timeout']);

/**
 * Nothing goes stale by time: the engine says what changed (`use-changes.ts`). Keys start with the topic of the
 * rows they hold, so that a change can find them.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && PASSING.has(callProblemOf(error).code),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
