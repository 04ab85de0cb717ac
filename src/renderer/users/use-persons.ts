import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Person } from '../../contract/person.ts';
import { paced } from '../data/pace.ts';
import { useEngine } from '../engine-client.ts';

/** The first thousand persons of several accounts, by their ids; empty until they are known. */
export function usePersons(): ReadonlyMap<string, Person> {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['users', 'persons'],
    queryFn: ({ signal }) => engine.persons.list.query(undefined, { signal }),
    meta: paced('figures'),
  });
  return useMemo(() => new Map(data?.map((person) => [person.id, person])), [data]);
}
