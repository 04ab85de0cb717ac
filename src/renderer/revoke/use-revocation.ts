import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useConnectionState, useEngine } from '../engine-client.ts';

/** A big job steps many times a second; its items are fetched at most this often, in milliseconds. */
const STEP_MS = 400;

/** One job with its items, kept true while it runs; watching it never holds it up, and leaving never stops it. */
export function useRevocation(id: string) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const isOpen = useConnectionState() === 'open';
  const result = useQuery({
    queryKey: ['revocations', 'get', id],
    queryFn: ({ signal }) => engine.revocations.get.query({ id }, { signal }),
  });
  useEffect(() => {
    if (!isOpen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refetch = () => {
      timer = undefined;
      void queryClient.invalidateQueries({ queryKey: ['revocations', 'get', id] });
    };
    const subscription = engine.revocations.watch.subscribe(
      { id },
      {
        onData: () => (timer ??= setTimeout(refetch, STEP_MS)),
        onComplete: () => void queryClient.invalidateQueries({ queryKey: ['revocations'] }),
      },
    );
    return () => {
      subscription.unsubscribe();
      clearTimeout(timer);
    };
  }, [engine, queryClient, id, isOpen]);
  return result;
}
