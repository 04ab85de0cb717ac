import { Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Finding } from '../../contract/finding.ts';
import type { SuppressionScope } from '../../contract/suppression.ts';
import { useEngine } from '../engine-client.ts';
import { DraftDialog } from '../frame/draft-dialog.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { visibleString } from '../text/visible-text.ts';
import { ReasonField } from './reason-field.tsx';
import { scopeTerms } from './scope-terms.ts';
import { SuppressionPreviewView } from './suppression-preview-view.tsx';

/** As the engine has it where nothing is said. */
const DEFAULT_DAYS = 30;
const EXPIRIES = [
  { value: '7', label: '7 days' },
  { value: String(DEFAULT_DAYS), label: `${DEFAULT_DAYS} days` },
  { value: '90', label: '90 days' },
  { value: 'never', label: 'Never: until somebody ends it' },
];

/** Decides not to be told of what is like a finding, after showing what that would have kept from the analyst. */
export function SuppressDialog({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const terms = scopeTerms(finding);
  const [chosen, setChosen] = useState(terms.filter(({ isProposed }) => isProposed).map(({ id }) => id));
  const [reason, setReason] = useState('');
  const [days, setDays] = useState(String(DEFAULT_DAYS));
  const scope = terms
    .filter(({ id }) => chosen.includes(id))
    .reduce<Partial<SuppressionScope>>((all, term) => ({ ...all, ...term.scope }), {});
  const add = useMutation({
    mutationFn: () =>
      engine.suppressions.add.mutate({ scope, reason, days: days === 'never' ? days : Number(days) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      onClose();
    },
  });
  const isReady = chosen.length > 0 && reason.trim().length >= 3;
  const send = () => {
    if (isReady && !add.isPending) add.mutate();
  };
  return (
    <DraftDialog onClose={onClose} title="Suppress what is like this" size={680}>
      <Stack gap="md">
        <Checkbox.Group label="What all of it has in common" value={chosen} onChange={setChosen}>
          <Stack gap={6} mt={6}>
            {terms.map(({ id, words }) => (
              <Checkbox key={id} size="xs" value={id} label={visibleString(words, 120)} />
            ))}
          </Stack>
        </Checkbox.Group>
        {chosen.length === 0 ? (
          <Text c="dimmed">Choose at least one: without any, everything would be silenced.</Text>
        ) : (
          <SuppressionPreviewView scope={scope} />
        )}
        <Group align="flex-start" grow>
          <ReasonField
            description="Shown on every finding it silences."
            reason={reason}
            onReason={setReason}
            onSend={send}
          />
          <Select
            label="Expires after"
            description="Then new findings get through again."
            data={EXPIRIES}
            value={days}
            allowDeselect={false}
            onChange={(value) => setDays(value ?? String(DEFAULT_DAYS))}
          />
        </Group>
        {add.isError && <ProblemNotice error={add.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!isReady} loading={add.isPending} onClick={send}>
            Suppress
          </Button>
        </Group>
      </Stack>
    </DraftDialog>
  );
}
