import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine-client.ts';
import { Fetched } from '../notice/fetched.tsx';
import { ImportList } from './import-list.tsx';
import { ListTable } from './list-table.tsx';

/** The analyst's own lists of networks: what they say, until when, and adding one. */
export function ListSettings() {
  const engine = useEngine();
  const lists = useQuery({
    queryKey: ['lists', 'all'],
    queryFn: ({ signal }) => engine.lists.list.query(undefined, { signal }),
  });
  return (
    <>
      <Text c="dimmed" maw={640}>
        A list says what its networks are, or that you want to be told whenever one is seen. Rules go by what
        it said at the time: a newer version under the same name ends what it lacks, from now on.
      </Text>
      <Fetched result={lists} lines={3}>
        {(all) => <ListTable lists={all} />}
      </Fetched>
      <ImportList />
    </>
  );
}
