import { useQuery } from '@tanstack/react-query';
import type { ListName } from '../../contract/system.ts';
import { useEngine } from '../engine-client.ts';

/** The fields of the query language for one list, for completion and help. */
export function useQueryFields(list: ListName) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['query-fields', list],
    queryFn: ({ signal }) => engine.system.queryFields.query({ list }, { signal }),
  });
}
