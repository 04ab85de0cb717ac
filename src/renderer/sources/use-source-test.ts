import { useEffect, useRef, useState } from 'react';
import type { SourceTest } from '../../contract/source.ts';
import { useEngine } from '../engine-client.ts';

/** Asks a source who its credential is and whether one listing works; stores nothing. */
export function useSourceTest(id: string) {
  const engine = useEngine();
  const [isTesting, setIsTesting] = useState(false);
  const [result, setResult] = useState<SourceTest | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const start = () => {
    stop.current?.();
    setIsTesting(true);
    setResult(null);
    setError(null);
    const subscription = engine.sources.test.subscribe(
      { ids: [id] },
      {
        onData: setResult,
        onError: (problem) => {
          setError(problem);
          setIsTesting(false);
        },
        onComplete: () => setIsTesting(false),
      },
    );
    stop.current = () => subscription.unsubscribe();
  };
  return { start, isTesting, result, error };
}
