import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ChangeTopic } from '../../contract/system.ts';
import { useConnectionState, useEngine } from '../engine-client.ts';

/** A sweep commits many pages in a row; the page follows at most this often, in milliseconds. */
const STEP_MS = 1_000;

/** A list this long is not fetched again under the reader: the page offers to reload it instead. */
const MAX_PAGES_REFETCHED = 4;

/** Keys that show counts of other topics' rows. */
const ALSO: Partial<Record<ChangeTopic, readonly string[]>> = {
  sessions: ['users', 'sources'],
  findings: ['users', 'sessions'],
  sources: ['system'],
};

/** Keeps what is on the screen true: every change of the engine's data marks the queries it concerns as stale. */
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

    const pending = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      for (const topic of pending) invalidateTopic(queryClient, topic);
      pending.clear();
    };
    const subscription = engine.system.changes.subscribe(undefined, {
      onData: ({ topics }) => {
        for (const topic of topics) {
          pending.add(topic);
          for (const other of ALSO[topic] ?? []) pending.add(other);
        }
        timer ??= setTimeout(flush, STEP_MS);
      },
    });
    return () => {
      subscription.unsubscribe();
      clearTimeout(timer);
    };
  }, [engine, queryClient, isOpen]);
}

function invalidateTopic(queryClient: QueryClient, topic: string): void {
  void queryClient.invalidateQueries({ queryKey: [topic], predicate: (query) => !isLong(query) });
  void queryClient.invalidateQueries({ queryKey: [topic], predicate: isLong, refetchType: 'none' });
}

function isLong(query: Query): boolean {
  const data: unknown = query.state.data;
  if (typeof data !== 'object' || data === null || !('pages' in data)) return false;
  return Array.isArray(data.pages) && data.pages.length > MAX_PAGES_REFETCHED;
}
