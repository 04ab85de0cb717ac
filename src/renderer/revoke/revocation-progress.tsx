import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CircleStop } from 'lucide-react';
import { useEngine } from '../engine-client.ts';
import { Fetched } from '../notice/fetched.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { ItemTable } from './item-table.tsx';
import { JobMeter } from './job-meter.tsx';
import { useRevocation } from './use-revocation.ts';

/** A running job up to its verified end. */
export function RevocationProgress({ id, onClose }: { id: string; onClose: () => void }) {
  const engine = useEngine();
  const result = useRevocation(id);
  const stop = useMutation({ mutationFn: () => engine.revocations.stop.mutate({ id }) });
  const isRunning = result.data?.state === 'running' || result.data?.state === 'planned';
  return (
    <Stack gap="sm">
      <Fetched result={result} lines={8}>
        {(job) => (
          <>
            <JobMeter job={job} />
            <ItemTable items={job.items} height={320} />
          </>
        )}
      </Fetched>
      {stop.isError && <ProblemNotice error={stop.error} />}
      <Group justify="space-between">
        <Text c="dimmed">
          {isRunning
            ? 'Closing this window changes nothing: the job goes on and stays under Revocations.'
            : 'The job is over. It stays under Revocations and in the audit chain.'}
        </Text>
        <Group gap="xs">
          {isRunning && (
            <Button
              variant="light"
              color="red"
              leftSection={<CircleStop size={14} />}
              loading={stop.isPending}
              onClick={() => stop.mutate()}
            >
              Stop after this item
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
