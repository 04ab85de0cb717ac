import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine-client.ts';

/** Every configured source with its health and capabilities. */
export function useSources() {
  const engine = useEngine();
  return useQuery({
    queryKey: ['sources', 'list'],
    queryFn: ({ signal }) => engine.sources.list.query(undefined, { signal }),
  });
}
