import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RevocationPlan } from '../../contract/revocation.ts';
import { useEngine } from '../engine-client.ts';
import { Advice } from '../notice/advice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { counted } from '../text/counted.ts';
import { duration } from '../text/times.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { MAX_UNTYPED, missingConfirmation, plannedItems } from './confirmation.ts';
import { PlanTable } from './plan-table.tsx';
import { SkippedItems } from './skipped-items.tsx';

type Props = {
  plan: RevocationPlan;
  /** A new plan is on its way; the shown one must not be started. */
  isPlanning: boolean;
  includeCurrent: readonly string[];
  onInclude: (keys: readonly string[]) => void;
  onStarted: (jobId: string) => void;
  onCancel: () => void;
};

/** The frozen list: exactly these sessions will be ended, and nothing that matches later. */
export function PlanPreview({ plan, isPlanning, includeCurrent, onInclude, onStarted, onCancel }: Props) {
  const engine = useEngine();
  const [reason, setReason] = useState('');
  const [typedCount, setTypedCount] = useState('');
  const planned = plannedItems(plan);
  const skipped = plan.items.filter((item) => item.state === 'skipped');
  const users = new Set(planned.map(({ source, userId }) => `${source}/${userId}`)).size;
  const sources = new Set(planned.map(({ source }) => source)).size;
  const missing = missingConfirmation(planned.length, reason, typedCount);
  const start = useMutation({
    mutationFn: () =>
      engine.revocations.start.mutate({
        planId: plan.id,
        reason,
        confirmCount: planned.length > MAX_UNTYPED ? Number(typedCount) : null,
      }),
    onSuccess: ({ id }) => onStarted(id),
  });

  return (
    <Stack gap="sm">
      {planned.length === 0 ? (
        <Text size="md">
          <b>No session</b> will be ended: each is left alone for the reason beside it.
        </Text>
      ) : (
        <Text size="md">
          <b>{counted(planned.length, 'session')}</b> of {counted(users, 'user')} at{' '}
          {counted(sources, 'source')} will be ended, in about {duration(plan.estimatedSeconds * 1000)} with
          verification.
        </Text>
      )}
      {plan.warnings.length > 0 && (
        <Advice tone="medium" title="Read before you confirm">
          {plan.warnings.map((warning) => (
            <UntrustedText key={warning} text={warning} wrap />
          ))}
        </Advice>
      )}
      {planned.length > 0 && <PlanTable items={planned} />}
      <SkippedItems items={skipped} included={includeCurrent} onInclude={onInclude} />
      <Textarea
        label="Reason"
        description="Kept with the job and in the audit chain."
        placeholder="Stolen cookie, incident 2026-114"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={1000}
        autosize
        minRows={2}
        autoFocus
      />
      {planned.length > MAX_UNTYPED && (
        <TextInput
          label={`Type ${planned.length} to confirm`}
          value={typedCount}
          onChange={(event) => setTypedCount(event.currentTarget.value)}
          inputMode="numeric"
          w={220}
        />
      )}
      {start.isError && <ProblemNotice error={start.error} />}
      <Group justify="space-between">
        <Text c="dimmed">{missing ?? 'This can’t be undone: the users have to sign in again.'}</Text>
        <Group gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button
            color="red"
            disabled={missing !== null || isPlanning}
            loading={start.isPending}
            onClick={() => start.mutate()}
          >
            End {counted(planned.length, 'session')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
