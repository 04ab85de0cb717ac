import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../engine-client.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';

/** Who works on the incident; empty means nobody. */
export function AssigneeField({ id, assignee }: { id: string; assignee: string | null }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [name, setName] = useState(assignee ?? '');
  const assign = useMutation({
    mutationFn: () => engine.incidents.assign.mutate({ ids: [id], assignee: name.trim() || null }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        assign.mutate();
      }}
    >
      <Group gap="xs" align="flex-end">
        <TextInput
          label="Assignee"
          placeholder="nobody"
          maxLength={100}
          w={220}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={name.trim() === (assignee ?? '')}
          loading={assign.isPending}
        >
          Assign
        </Button>
      </Group>
      {assign.isError && <ProblemNotice error={assign.error} />}
    </form>
  );
}
