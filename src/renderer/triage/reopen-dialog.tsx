import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../engine-client.ts';
import { DraftDialog } from '../frame/draft-dialog.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { ReasonField } from './reason-field.tsx';
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
  const isReady = reason.trim().length >= 3;
  const send = () => {
    if (isReady && !reopen.isPending) reopen.mutate();
  };
  return (
    <DraftDialog onClose={onClose} title={`Reopen ${targetWords(target)}`} size={480}>
      <Stack gap="md">
        <Text>What the verdict taught, or kept from teaching, is undone too. The audit keeps both.</Text>
        <ReasonField reason={reason} onReason={setReason} onSend={send} />
        {reopen.isError && <ProblemNotice error={reopen.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!isReady} loading={reopen.isPending} onClick={send}>
            Reopen
          </Button>
        </Group>
      </Stack>
    </DraftDialog>
  );
}
