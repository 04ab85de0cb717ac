import { Button, Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callProblemOf } from '../data/call-problem.ts';
import { useSystemInfo } from '../data/use-system-info.ts';
import { useEngine } from '../engine-client.ts';
import { DraftDialog } from '../frame/draft-dialog.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { SecretField } from './secret-field.tsx';
import {
  credentialOf,
  emptyDraft,
  fieldOfProblem,
  missingFields,
  sourceEntry,
  type SourceDraft,
} from './source-draft.ts';
import { sourceFormOf, sourceForms } from './source-forms.ts';

/** Describes one source. Typed secrets go to the host's store and are forgotten here at once. */
export function AddSourceDialog({ onClose }: { onClose: () => void }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const { data: info } = useSystemInfo();
  const canType = info?.secretStore != null;
  const form = useForm<SourceDraft>({
    initialValues: emptyDraft(sourceForms[0].kind, canType),
    validate: (draft) => missingFields(draft),
  });
  const draft = form.getValues();
  const shape = sourceFormOf(draft.kind);
  const add = useMutation({
    mutationFn: async (values: SourceDraft) => {
      const entry = await sourceEntry(values, (value) => engine.sources.storeSecret.mutate({ value }));
      return engine.sources.import.mutate({ file: { sources: [entry] } });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['sources'] });
      onClose();
    },
    onError: (error) => {
      const { field, message } = callProblemOf(error);
      const name = fieldOfProblem(field);
      if (name !== null) form.setFieldError(name, besideField(message));
    },
  });

  return (
    <DraftDialog onClose={onClose} title="Add a source" size="lg">
      <form onSubmit={form.onSubmit((values) => add.mutate(values))} noValidate>
        <Stack gap="sm">
          <Select
            label="Kind"
            data={sourceForms.map(({ kind, label }) => ({ value: kind, label }))}
            value={draft.kind}
            allowDeselect={false}
            onChange={(value) => {
              const next = sourceForms.find(({ kind }) => kind === value);
              if (next) form.setValues({ ...emptyDraft(next.kind, canType), id: draft.id, url: draft.url });
            }}
          />
          <Group grow align="flex-start">
            <TextInput
              label="Name"
              description="Short; what source: filters by"
              placeholder="chat"
              {...form.getInputProps('id')}
            />
            <NumberInput
              label="Poll every (seconds)"
              description="Empty: as the kind suggests"
              min={10}
              max={86_400}
              {...form.getInputProps('pollEverySeconds')}
            />
          </Group>
          <TextInput
            label="Address"
            description="https, or http on this machine"
            placeholder={shape.urlExample}
            {...form.getInputProps('url')}
          />
          {shape.hasMode && (
            <SegmentedControl
              aria-label="Whose sessions"
              data={[
                { value: 'user', label: 'Own sessions' },
                { value: 'admin', label: 'All users, as administrator' },
              ]}
              {...form.getInputProps('mode')}
            />
          )}
          {shape.hasUserId && (
            <TextInput
              label="User id"
              description="X-User-Id of the token"
              {...form.getInputProps('userId')}
            />
          )}
          {shape.credentials.length > 1 && (
            <Select
              label="Sign in with"
              data={shape.credentials.map(({ id, label }) => ({ value: id, label }))}
              allowDeselect={false}
              {...form.getInputProps('credential')}
            />
          )}
          {credentialOf(draft).slots.map((slot) => (
            <SecretField
              key={slot.name}
              slot={slot}
              canType={canType}
              value={draft.secrets[slot.name] ?? { from: 'env', text: '' }}
              error={form.errors[`secrets.${slot.name}`]}
              onChange={(secret) => form.setFieldValue('secrets', { ...draft.secrets, [slot.name]: secret })}
            />
          ))}
          <Text size="xs" c="dimmed">
            {info?.secretStore ?? 'This host keeps no typed secrets: name an environment variable or a file.'}
          </Text>
          {add.isError && fieldOfProblem(callProblemOf(add.error).field) === null && (
            <ProblemNotice error={add.error} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending}>
              Add the source
            </Button>
          </Group>
        </Stack>
      </form>
    </DraftDialog>
  );
}

/** The engine names the field in a file (`In "sources.0.url": must …`); beside the field itself the rest says it all. */
function besideField(message: string): string {
  const rest = message.replace(/^In "[^"]*": /, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
