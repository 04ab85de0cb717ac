import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleStop } from 'lucide-react';
import { useState } from 'react';
import type { Verdict } from '../../contract/finding.ts';
import type { Decided } from '../../contract/triage.ts';
import { useEngine } from '../engine-client.ts';
import { DraftDialog } from '../frame/draft-dialog.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { useRevoke } from '../revoke/revoke-context.ts';
import { counted } from '../text/counted.ts';
import { ReasonField } from './reason-field.tsx';
import { targetWords, type TriageTarget } from './triage-target.ts';
import { verdictWords, verdicts } from './verdict-words.ts';

type Props = { target: TriageTarget; initial?: Verdict; onClose: () => void };

/** The engine's own limit; a reason of a letter is none. */
const SHORTEST_REASON = 3;

/** Gives a verdict with its reason; after a true positive it offers the plan to end the sessions. */
export function VerdictDialog({ target, initial, onClose }: Props) {
  const [decided, setDecided] = useState<Decided | null>(null);
  return (
    <DraftDialog
      onClose={onClose}
      isSent={decided !== null}
      title={`Verdict on ${targetWords(target)}`}
      size={560}
    >
      {decided === null ? (
        <Form
          target={target}
          initial={initial ?? null}
          onClose={onClose}
          onDone={(done, verdict) =>
            verdict === 'true-positive' && done.sessions.length > 0 ? setDecided(done) : onClose()
          }
        />
      ) : (
        <NextStep decided={decided} onClose={onClose} />
      )}
    </DraftDialog>
  );
}

function Form({
  target,
  initial,
  onClose,
  onDone,
}: {
  target: TriageTarget;
  initial: Verdict | null;
  onClose: () => void;
  onDone: (decided: Decided, verdict: Verdict) => void;
}) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [verdict, setVerdict] = useState<Verdict | null>(initial);
  const [reason, setReason] = useState('');
  const [original, setOriginal] = useState('');
  const decide = useMutation({
    mutationFn: (given: Verdict) =>
      engine[target.kind].decide.mutate({
        ids: [...target.ids],
        verdict: given,
        reason,
        duplicateOf: given === 'duplicate' ? original.trim() : null,
      }),
    onSuccess: async (decided, given) => {
      await queryClient.invalidateQueries();
      onDone(decided, given);
    },
  });
  const isReady =
    verdict !== null &&
    reason.trim().length >= SHORTEST_REASON &&
    (verdict !== 'duplicate' || original.trim() !== '');
  const send = () => {
    if (isReady && !decide.isPending) decide.mutate(verdict);
  };
  return (
    <Stack gap="md">
      <Radio.Group
        aria-label="Verdict"
        value={verdict}
        onChange={(value) => setVerdict(verdicts.find((each) => each === value) ?? null)}
      >
        <Stack gap="xs" pt={4}>
          {verdicts.map((each, index) => (
            <Radio
              key={each}
              size="xs"
              value={each}
              label={verdictWords[each].name}
              description={verdictWords[each].does}
              data-autofocus={(initial === null && index === 0) || undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      {verdict === 'duplicate' && (
        <TextInput
          label="Of which finding or incident"
          placeholder="i12"
          value={original}
          onChange={({ currentTarget }) => setOriginal(currentTarget.value)}
        />
      )}
      <ReasonField
        description="Kept with the finding and in the audit."
        reason={reason}
        onReason={setReason}
        onSend={send}
        isLater={initial === null}
      />
      {decide.isError && <ProblemNotice error={decide.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!isReady} loading={decide.isPending} onClick={send}>
          Decide
        </Button>
      </Group>
    </Stack>
  );
}

function NextStep({ decided, onClose }: { decided: Decided; onClose: () => void }) {
  const revoke = useRevoke();
  return (
    <Stack gap="md">
      <Text>
        {counted(decided.findings, 'finding')} closed as true positive. The attacker may still be signed in:{' '}
        {counted(decided.sessions.length, 'session')} named.
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Not now
        </Button>
        <Button
          color="red"
          leftSection={<CircleStop size={14} />}
          autoFocus
          onClick={() => {
            onClose();
            revoke({ query: null, keys: decided.sessions });
          }}
        >
          Plan to end them…
        </Button>
      </Group>
    </Stack>
  );
}
