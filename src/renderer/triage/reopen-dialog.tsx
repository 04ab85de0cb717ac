import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../engine-client.ts';
import { DraftDialog } from '../frame/draft-dialog.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { targetWords, type TriageTarget } from './triage-target.ts';

/** Takes verdicts back, and with them what they taught or kept from teaching. */
export function ReopenDialog({ target, onClose }: { target: TriageTarget; onClose: () => void }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const reopen = useMutation({
    mutationFn: () => engine[target.kind].reopen.mutate({ ids: [...target.ids], reason }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      onClose();
    },
  });
  return (
    <DraftDialog onClose={onClose} title={`Reopen ${targetWords(target)}`} size={480}>
      <Stack gap="md">
        <Text>What the verdict taught, or kept from teaching, is undone too. The audit keeps both.</Text>
        <Textarea
          label="Reason"
          autosize
          minRows={2}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          data-autofocus
        />
        {reopen.isError && <ProblemNotice error={reopen.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={reason.trim().length < 3}
            loading={reopen.isPending}
            onClick={() => reopen.mutate()}
          >
            Reopen
          </Button>
        </Group>
      </Stack>
    </DraftDialog>
  );
}
