import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine-client.ts';

/** Version, host, data directory and the state of the demo company. */
export function useSystemInfo() {
  const engine = useEngine();
  return useQuery({
    queryKey: ['system', 'info'],
    queryFn: ({ signal }) => engine.system.info.query(undefined, { signal }),
  });
}
