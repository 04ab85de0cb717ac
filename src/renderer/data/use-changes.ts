import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ChangeTopic } from '../../contract/system.ts';
import { useConnectionState, useEngine } from '../engine-client.ts';
import { follower } from './follower.ts';
import { paceOf, paces, type Pace } from './pace.ts';
import { MAX_PAGES_REFETCHED } from './use-paging.ts';

/** Keys that show other topics' rows. */
const ALSO: Partial<Record<ChangeTopic, readonly string[]>> = {
  sessions: ['users', 'sources', 'overview'],
  findings: ['incidents', 'users', 'sessions', 'overview'],
  sources: ['system'],
};

/**
 * Keeps what is on the screen true: whatever changes in the engine is fetched again if it is shown, each kind of query at
 * its pace, and nothing at all while nobody looks.
 */
export function useChanges(): void {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const isOpen = useConnectionState() === 'open';
  const wasOpen = useRef(false);

  useEffect(() => {
    if (!isOpen) return;
    // What changed while the link was broken was told to nobody.
    if (wasOpen.current) void queryClient.invalidateQueries();
    wasOpen.current = true;

    const followers = (Object.keys(paces) as Pace[]).map((pace) =>
      follower(paces[pace], (topics) => fetchAgain(queryClient, pace, topics)),
    );
    const lookOrRest = () => {
      for (const { rest } of followers) rest(document.hidden);
    };
    lookOrRest();
    document.addEventListener('visibilitychange', lookOrRest);
    const subscription = engine.system.changes.subscribe(undefined, {
      onData: ({ topics }) => {
        const keys = topics.flatMap((topic) => [topic, ...(ALSO[topic] ?? [])]);
        for (const { tell } of followers) tell(keys);
      },
    });
    return () => {
      subscription.unsubscribe();
      document.removeEventListener('visibilitychange', lookOrRest);
      for (const { stop } of followers) stop();
    };
  }, [engine, queryClient, isOpen]);
}

/** Answers the topics of queries that were still on their first way: their answer may be from before the change. */
async function fetchAgain(
  queryClient: QueryClient,
  pace: Pace,
  topics: ReadonlySet<string>,
): Promise<readonly string[]> {
  const isMeant = (query: Query) => topics.has(String(query.queryKey[0])) && paceOf(query) === pace;
  const onFirstWay = queryClient.getQueryCache().findAll({
    fetchStatus: 'fetching',
    predicate: (query) => isMeant(query) && query.state.data === undefined,
  });
  await Promise.all([
    queryClient.invalidateQueries({ predicate: (query) => isMeant(query) && !isLong(query) }),
    queryClient.invalidateQueries({
      predicate: (query) => isMeant(query) && isLong(query),
      refetchType: 'none',
    }),
  ]);
  return onFirstWay.map(({ queryKey }) => String(queryKey[0]));
}

function isLong(query: Query): boolean {
  const data: unknown = query.state.data;
  if (typeof data !== 'object' || data === null || !('pages' in data)) return false;
  return Array.isArray(data.pages) && data.pages.length > MAX_PAGES_REFETCHED;
}
