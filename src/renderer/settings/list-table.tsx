import { Button, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NetworkList } from '../../contract/lists.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfNetwork } from '../badge/tone-of-network.ts';
import { useEngine } from '../engine-client.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';

/** The lists there are; each can be removed, after a question. */
export function ListTable({ lists }: { lists: readonly NetworkList[] }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: (name: string) => engine.lists.remove.mutate({ name }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['lists'] }),
  });
  const ask = (name: string) =>
    modals.openConfirmModal({
      title: 'Remove this list?',
      children: (
        <Text>
          “<UntrustedText text={name} wrap />” and its earlier versions are forgotten, and everybody who was
          seen on it is judged again without it. To change what is on it, add a newer version.
        </Text>
      ),
      labels: { confirm: 'Remove the list', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(name),
    });
  if (lists.length === 0) return <Text>There is no list yet.</Text>;
  return (
    <>
      <Table aria-label="Lists of networks">
        <Table.Thead>
          <Table.Tr>
            {['List', 'Says', 'Entries', 'Added', 'Updated', 'Expires', ''].map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lists.map((list) => (
            <ListRow key={list.name} list={list} onRemove={() => ask(list.name)} />
          ))}
        </Table.Tbody>
      </Table>
      {remove.isError && <ProblemNotice error={remove.error} />}
    </>
  );
}

function ListRow({ list, onRemove }: { list: NetworkList; onRemove: () => void }) {
  const { name, tag, note, entries, past, addedAt, importedAt, expiresAt } = list;
  const isOver = entries === 0;
  return (
    <Table.Tr>
      <Table.Td maw={260}>
        <UntrustedText text={name} wrap />
        {note !== null && (
          <Text size="xs" c="dimmed" component="div">
            <UntrustedText text={note} wrap />
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <ToneBadge tone={toneOfNetwork[tag]}>{tag}</ToneBadge>
      </Table.Td>
      <Table.Td className="tabular">
        {entries.toLocaleString()}
        {past > 0 && (
          <Text size="xs" c="dimmed" component="div">
            {past.toLocaleString()} in the past
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <InstantText at={addedAt} />
      </Table.Td>
      <Table.Td>
        <InstantText at={importedAt} form="relative" />
      </Table.Td>
      <Table.Td>
        {expiresAt === null ? 'never' : <InstantText at={expiresAt} />}
        {isOver && <ToneBadge tone="medium">expired</ToneBadge>}
      </Table.Td>
      <Table.Td>
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          aria-label={`Remove ${name}`}
          onClick={onRemove}
        >
          Remove…
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
