import { useEffect, useRef, useState } from 'react';
import type { SweepReport } from '../../contract/source.ts';
import { useEngine } from '../engine-client.ts';

/** One sweep of a source, or of all (`id` null), with the report of each as it ends. Leaving the page stops the watching only. */
export function usePolling(id: string | null) {
  const engine = useEngine();
  const [isPolling, setIsPolling] = useState(false);
  const [reports, setReports] = useState<readonly SweepReport[]>([]);
  const [error, setError] = useState<Error | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const start = () => {
    stop.current?.();
    setIsPolling(true);
    setReports([]);
    setError(null);
    const subscription = engine.sources.poll.subscribe(
      { ids: id === null ? null : [id] },
      {
        onData: (report) => setReports((before) => [...before, report]),
        onError: (problem) => {
          setError(problem);
          setIsPolling(false);
        },
        onComplete: () => setIsPolling(false),
      },
    );
    stop.current = () => subscription.unsubscribe();
  };
  return { start, isPolling, reports, error };
}
