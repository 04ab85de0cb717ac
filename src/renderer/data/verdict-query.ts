import type { ListName } from '../../contract/system.ts';
import type { EngineClient } from '../engine-client.ts';
import { listFetchers } from './use-list.ts';

/** Asks whether the engine understands a query for a list, and how many rows it means. */
export function verdictQuery(engine: EngineClient, list: ListName, query: string) {
  return {
    queryKey: [list, 'verdict', query],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const page = await listFetchers[list](engine)(
        { query, sort: null, limit: 1, cursor: null },
        { signal },
      );
      return page.total;
    },
    retry: false,
  };
}
