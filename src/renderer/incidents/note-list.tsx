import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { IncidentNote } from '../../contract/incident.ts';
import { useDraft } from '../draft/drafts-context.ts';
import { useEngine } from '../engine-client.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedLines } from '../text/untrusted-lines.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './incidents.module.css';

const MAX_NOTE = 10_000;

/** What was written on the incident, and one more note, which waits under its incident until it is sent. */
export function NoteList({ id, notes }: { id: string; notes: readonly IncidentNote[] }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const draft = useDraft(`note on incident ${id}`);
  const text = draft.text ?? '';
  const field = useRef<HTMLTextAreaElement>(null);
  const discard = () => {
    draft.drop();
    field.current?.focus();
  };
  const add = useMutation({
    mutationFn: () => engine.incidents.note.mutate({ id, text }),
    onSuccess: async () => {
      draft.drop();
      await queryClient.invalidateQueries();
    },
  });
  return (
    <section>
      <Title order={3} mb={6}>
        Notes
      </Title>
      <ul className={classes.notes}>
        {notes.map(({ at, by, text: note }) => (
          <li key={`${at} ${by} ${note.slice(0, 40)}`}>
            <UntrustedLines text={note} />
            <Text c="dimmed" size="xs" component="div">
              <UntrustedText text={by} wrap />, <InstantText at={at} />
            </Text>
          </li>
        ))}
      </ul>
      <Stack gap="xs" align="flex-start">
        <Textarea
          ref={field}
          aria-label="New note"
          placeholder="What you found out; it can’t be changed afterwards"
          w="100%"
          autosize
          minRows={2}
          maxLength={MAX_NOTE}
          value={text}
          readOnly={add.isPending}
          onChange={({ currentTarget }) => draft.keep(currentTarget.value)}
        />
        <Group gap="xs">
          <Button
            variant="default"
            disabled={text.trim() === ''}
            loading={add.isPending}
            onClick={() => add.mutate()}
          >
            Add the note
          </Button>
          {text !== '' && !add.isPending && (
            <Button variant="subtle" color="gray" onClick={discard}>
              Discard it
            </Button>
          )}
        </Group>
        {add.isError && <ProblemNotice error={add.error} />}
      </Stack>
    </section>
  );
}
