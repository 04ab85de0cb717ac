import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Revocation } from '../../contract/revocation.ts';
import { useEngine } from '../engine-client.ts';
import { SidePanel } from '../frame/side-panel.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { ItemTable } from '../revoke/item-table.tsx';
import { JobMeter } from '../revoke/job-meter.tsx';
import { useRevocation } from '../revoke/use-revocation.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './revocations.module.css';

/** One job with the outcome of each session. */
export function JobPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const result = useRevocation(id);
  return (
    <SidePanel
      label="Revocation details"
      width="min(660px, 54vw)"
      close={{ label: 'Close the revocation', onClose }}
    >
      <Fetched result={result} lines={10}>
        {(job) => <Job job={job} />}
      </Fetched>
    </SidePanel>
  );
}

function Job({ job }: { job: Revocation }) {
  const engine = useEngine();
  const stop = useMutation({ mutationFn: () => engine.revocations.stop.mutate({ id: job.id }) });
  const resume = useMutation({ mutationFn: () => engine.revocations.resume.mutate({ id: job.id }) });
  const failed = stop.error ?? resume.error;
  return (
    <Stack gap="sm" p="md" className={classes.job}>
      <div>
        <Title order={2} pr={28}>
          <UntrustedText text={job.reason} wrap />
        </Title>
        <Text c="dimmed" component="div">
          Started <InstantText at={job.createdAt} withSeconds />
          {job.finishedAt !== null && (
            <>
              , finished <InstantText at={job.finishedAt} withSeconds />
            </>
          )}
          , job <span className="mono">{job.id}</span>
        </Text>
      </div>
      <JobMeter job={job} />
      {failed && <ProblemNotice error={failed} />}
      {(job.state === 'running' || job.state === 'planned') && (
        <Group>
          <Button variant="light" color="red" loading={stop.isPending} onClick={() => stop.mutate()}>
            Stop after this item
          </Button>
        </Group>
      )}
      {job.state === 'stopped' && (
        <Group>
          <Button loading={resume.isPending} onClick={() => resume.mutate()}>
            Go on with the rest
          </Button>
        </Group>
      )}
      <ItemTable items={job.items} />
    </Stack>
  );
}
