import { Button, Group, NumberInput, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Retention } from '../../contract/care.ts';
import { useEngine } from '../engine-client.ts';
import { Fetched } from '../notice/fetched.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { removedWords } from './removed-words.ts';
import { RetainNow } from './retain-now.tsx';
import classes from './settings.module.css';

const SUGGESTED_DAYS = 180;
/** The engine's own limit, a century. */
const MAX_DAYS = 36_500;
const KEY = ['audit', 'retention'];

/** How long what is over is kept. Nothing is removed by choosing: the engine does it in its time, or on request. */
export function RetentionSettings({ isReadOnly }: { isReadOnly: boolean }) {
  const engine = useEngine();
  const retention = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => engine.care.retention.query(undefined, { signal }),
  });
  return (
    <section className={classes.part} aria-label="Retention">
      <Text fw={600}>How long data is kept</Text>
      <Fetched result={retention} lines={3}>
        {(kept) => <Choice key={String(kept.days)} kept={kept} isReadOnly={isReadOnly} />}
      </Fetched>
    </section>
  );
}

function Choice({ kept, isReadOnly }: { kept: Retention; isReadOnly: boolean }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [isLimited, setIsLimited] = useState(kept.days !== null);
  const [days, setDays] = useState<number | string>(kept.days ?? SUGGESTED_DAYS);
  const set = useMutation({
    mutationFn: (next: number | null) => engine.care.setRetention.mutate({ days: next }),
    onSuccess: (next) => queryClient.setQueryData(KEY, next),
  });
  const wanted = isLimited ? days : null;
  const isAnswer = wanted === null || (Number.isInteger(wanted) && Number(wanted) >= 1);
  return (
    <Stack gap="sm" align="flex-start">
      <Radio.Group
        aria-label="What is kept"
        value={isLimited ? 'limited' : 'all'}
        onChange={(value) => setIsLimited(value === 'limited')}
      >
        <Stack gap={8}>
          <Radio size="xs" value="all" disabled={isReadOnly} label="Keep everything" />
          <Group gap="xs">
            <Radio size="xs" value="limited" disabled={isReadOnly} label="Remove what was over more than" />
            <NumberInput
              aria-label="Days"
              w={92}
              min={1}
              max={MAX_DAYS}
              allowDecimal={false}
              allowNegative={false}
              clampBehavior="strict"
              disabled={isReadOnly || !isLimited}
              value={days}
              onChange={setDays}
            />
            <Text>days ago</Text>
          </Group>
        </Stack>
      </Radio.Group>
      <Text c="dimmed" maw={640}>
        Removed are sessions that ended, expired or were revoked before then and that no sweep has listed
        since, with their observations and events, older events, settled findings of that age, and users and
        addresses that nothing names any more. Live sessions, findings that wait, revocations and the audit
        chain stay. It happens once an hour while Sessionscope polls.
      </Text>
      {isReadOnly && <Text c="dimmed">Another process polls this data directory: set it there.</Text>}
      <Group gap="xs">
        <Button
          variant="default"
          disabled={isReadOnly || !isAnswer || wanted === kept.days}
          loading={set.isPending}
          onClick={() => set.mutate(wanted === null ? null : Number(wanted))}
        >
          Save
        </Button>
        {kept.days !== null && <RetainNow days={kept.days} isDisabled={isReadOnly} />}
      </Group>
      {set.isError && <ProblemNotice error={set.error} />}
      {kept.lastRun !== null && (
        <Text c="dimmed" component="div">
          Last removed <InstantText at={kept.lastRun.at} form="relative" />:{' '}
          {removedWords(kept.lastRun.removed)}.
        </Text>
      )}
    </Stack>
  );
}
