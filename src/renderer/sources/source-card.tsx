import { Anchor, Button, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { Source } from '../../contract/source.ts';
import { useAddress } from '../address/use-address.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfHealth } from '../badge/tone.ts';
import { callProblemOf } from '../data/call-problem.ts';
import { useEngine } from '../engine-client.ts';
import { term } from '../query/term.ts';
import { Advice } from '../notice/advice.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { ImportHistoryDialog } from './import-history-dialog.tsx';
import { SourceDetails } from './source-details.tsx';
import { SourceFigures } from './source-figures.tsx';
import { SourceOutcome } from './source-outcome.tsx';
import classes from './sources.module.css';
import { usePolling } from './use-polling.ts';
import { useSourceTest } from './use-source-test.ts';

/** One source: health first, what it can do on demand. */
export function SourceCard({ source }: { source: Source }) {
  const engine = useEngine();
  const { go } = useAddress();
  const [isOpen, details] = useDisclosure(false);
  const test = useSourceTest(source.id);
  const [isImporting, importing] = useDisclosure(false);
  const polling = usePolling(source.id);
  const remove = useMutation({
    mutationFn: () => engine.sources.remove.mutate({ id: source.id }),
    onError: (error) => notifications.show({ color: 'red', message: callProblemOf(error).message }),
  });
  const confirmRemoval = () =>
    modals.openConfirmModal({
      title: `Remove the source ${source.id}?`,
      children: (
        <Text>
          Its sessions, events and findings go with it, and so does a secret that was typed here. Nothing
          changes at the far side, or in a file.
        </Text>
      ),
      labels: { confirm: 'Remove it', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    });

  // A history has events and no sessions: what there is to look at are the findings about it.
  const its =
    source.pollEverySeconds === null
      ? { path: '/findings', what: 'findings' }
      : { path: '/sessions', what: 'sessions' };

  return (
    <article className={classes.card} aria-label={`Source ${source.id}`}>
      <div className={classes.cardHead}>
        <div style={{ minWidth: 0 }}>
          <Group gap="sm">
            <Text fw={600} size="md">
              {source.id}
            </Text>
            <ToneBadge tone={toneOfHealth[source.health]} dot>
              {source.polling || polling.isPolling ? 'polling' : source.health}
            </ToneBadge>
            {source.demo && <ToneBadge tone="low">demo</ToneBadge>}
          </Group>
          <Text c="dimmed" component="div">
            {source.kind}
            {source.mode !== null && `, as ${source.mode}`}
            {source.url !== null && (
              <>
                , <UntrustedText text={source.url} wrap />
              </>
            )}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          {source.pollEverySeconds === null ? (
            <Button variant="default" onClick={importing.open}>
              Import more…
            </Button>
          ) : (
            <>
              <Button variant="default" loading={test.isTesting} onClick={test.start}>
                Test
              </Button>
              <Button variant="default" loading={polling.isPolling || source.polling} onClick={polling.start}>
                Poll now
              </Button>
            </>
          )}
          <Button variant="subtle" color="gray" loading={remove.isPending} onClick={confirmRemoval}>
            Remove…
          </Button>
        </Group>
      </div>
      {source.problem !== null && (
        <Advice tone="critical">
          <UntrustedText text={source.problem.message} wrap />{' '}
          <Text span size="xs" c="dimmed" className="mono">
            {source.problem.code}
          </Text>
        </Advice>
      )}
      <SourceOutcome
        test={test.result}
        sweep={polling.reports[0] ?? null}
        error={test.error ?? polling.error}
        known={source.problem?.message ?? null}
      />
      <SourceFigures source={source} />
      <Group gap="md">
        <Anchor component="button" size="sm" onClick={() => go(its.path, { q: term('source', source.id) })}>
          Show its {its.what}
        </Anchor>
        <Anchor component="button" size="sm" aria-expanded={isOpen} onClick={details.toggle}>
          {isOpen ? 'Hide' : 'Show'} what it can do
        </Anchor>
      </Group>
      {isImporting && <ImportHistoryDialog source={source.id} onClose={importing.close} />}
      <Collapse expanded={isOpen}>
        <SourceDetails source={source} />
      </Collapse>
    </article>
  );
}
