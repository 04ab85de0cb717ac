import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDraft } from '../draft/drafts-context.ts';
import { useEngine } from '../engine-client.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';

/** Who works on the incident; empty means nobody. */
export function AssigneeField({ id, assignee }: { id: string; assignee: string | null }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const draft = useDraft(`assignee of incident ${id}`);
  const name = draft.text ?? assignee ?? '';
  const assign = useMutation({
    mutationFn: () => engine.incidents.assign.mutate({ ids: [id], assignee: name.trim() || null }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      draft.drop();
    },
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
          readOnly={assign.isPending}
          onChange={({ currentTarget }) => draft.keep(currentTarget.value)}
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
