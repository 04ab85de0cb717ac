import { useEffect, useRef, useState } from 'react';
import type { HistoryImportProgress, HistoryImportRequest } from '../../contract/history.ts';
import { useEngine } from '../engine-client.ts';

/** One import at a time, with its newest step. It ends with the page: leaving stops it, and what was read stays. */
export function useHistoryImport() {
  const engine = useEngine();
  const [step, setStep] = useState<HistoryImportProgress | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const start = (request: HistoryImportRequest) => {
    setStep(null);
    setError(null);
    setIsRunning(true);
    const subscription = engine.history.import.subscribe(request, {
      onData: (next) => {
        setStep(next);
        if (next.kind === 'done') setIsRunning(false);
      },
      onError: (problem) => {
        setError(problem);
        setIsRunning(false);
      },
    });
    stop.current = () => subscription.unsubscribe();
  };
  return { start, step, error, isRunning };
}
