import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListImport, ListImportRequest } from '../../contract/lists.ts';
import { useEngine } from '../engine-client.ts';
import { Advice } from '../notice/advice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { counted } from '../text/counted.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { useNow } from '../text/use-now.ts';
import { ChooseList } from './choose-list.tsx';
import { emptyDraft, importRequestOf } from './list-draft.ts';
import { ListFields } from './list-fields.tsx';

/** Adds a list, or a newer version of one, from a file or from what is typed. */
export function ImportList() {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(emptyDraft);
  const add = useMutation({
    mutationFn: (request: ListImportRequest) => engine.lists.import.mutate(request),
    onSuccess: () => {
      setDraft(emptyDraft);
      return queryClient.invalidateQueries({ queryKey: ['lists'] });
    },
  });
  const request = importRequestOf(draft, useNow());
  return (
    <Stack gap="xs" w="100%">
      <Text fw={600}>Add a list, or a newer version of one</Text>
      <ListFields draft={draft} onChange={(changed) => setDraft({ ...draft, ...changed })} />
      <Group gap="xs">
        <Button
          variant="default"
          disabled={request === null}
          loading={add.isPending}
          onClick={() => request !== null && add.mutate(request)}
        >
          Add the list
        </Button>
        <ChooseList chosen={draft.chosen} onChoose={(chosen) => setDraft({ ...draft, chosen })} />
      </Group>
      {add.isError && <ProblemNotice error={add.error} />}
      {add.data !== undefined && <Outcome imported={add.data} />}
    </Stack>
  );
}

function Outcome({ imported }: { imported: ListImport }) {
  const { list, added, kept, ended, rejected, rejectedLines } = imported;
  return (
    <>
      <Text role="status" component="div">
        <UntrustedText text={list.name} wrap />: {added.toLocaleString()} new, {kept.toLocaleString()} as
        before, {ended.toLocaleString()} ended. Who was seen there is judged again.
      </Text>
      {rejected > 0 && (
        <Advice tone="medium" title={`${counted(rejected, 'line')} left out`}>
          {rejectedLines.map(({ line, why }) => (
            <div key={line}>
              Line {line}: {why}
            </div>
          ))}
        </Advice>
      )}
    </>
  );
}
