import { useEffect, useRef, useState } from 'react';
import type { SweepReport } from '../../contract/source.ts';
import { useEngine } from '../engine-client.ts';

/**
 * One sweep of a source, or of all (`id` null), with the report of each as it ends. The order is a call of its own, which
 * counts from the moment it arrives: leaving or reloading the page ends the watching and nothing else.
 */
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

    const swept = new Set<string>();
    let ordered: readonly string[] | null = null;
    const end = () => {
      subscription.unsubscribe();
      setIsPolling(false);
    };
    const endIfSwept = () => {
      if (ordered?.every((source) => swept.has(source)) === true) end();
    };
    const fail = (problem: Error) => {
      setError(problem);
      end();
    };
    // Watching begins before the order, so that no report can come too early for it.
    const subscription = engine.sources.reports.subscribe(undefined, {
      onData: (report) => {
        if (id !== null && report.source !== id) return;
        swept.add(report.source);
        setReports((before) => [...before.filter(({ source }) => source !== report.source), report]);
        endIfSwept();
      },
      onError: fail,
    });
    stop.current = () => subscription.unsubscribe();
    engine.sources.pollNow.mutate({ ids: id === null ? null : [id] }).then((sources) => {
      ordered = sources;
      endIfSwept();
    }, fail);
  };
  return { start, isPolling, reports, error };
}
