import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleStop, Gavel, MonitorSmartphone, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { Finding } from '../../contract/finding.ts';
import type { IncidentDetail } from '../../contract/incident.ts';
import { useAddress } from '../address/use-address.ts';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { useList } from '../data/use-list.ts';
import { useEngine } from '../engine-client.ts';
import { SidePanel } from '../frame/side-panel.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { LoadingNotice } from '../notice/loading-notice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { keysTerm } from '../query/term.ts';
import { useRevoke } from '../revoke/revoke-context.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { CopyTicket } from '../ticket/copy-ticket.tsx';
import { incidentTicket } from '../ticket/incident-ticket.ts';
import { DecisionView } from '../triage/decision-view.tsx';
import { ReopenDialog } from '../triage/reopen-dialog.tsx';
import { VerdictDialog } from '../triage/verdict-dialog.tsx';
import { UserGlance } from '../users/user-glance.tsx';
import { AssigneeField } from './assignee-field.tsx';
import { IncidentFindings } from './incident-findings.tsx';
import { incidentStateWords } from './incident-state-words.ts';
import { IncidentTimeline } from './incident-timeline.tsx';
import { NoteList } from './note-list.tsx';

/** Findings that one incident can have and still be read; there is a list for more. */
const MAX_FINDINGS = 200;

/** One incident: what happened, what was decided, and the ways on from it. */
export function IncidentPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const engine = useEngine();
  const result = useQuery({
    queryKey: ['findings', 'incident', id],
    queryFn: ({ signal }) => engine.incidents.get.query({ id }, { signal }),
  });
  return (
    <SidePanel
      label="Incident details"
      width="min(600px, 48vw)"
      close={{ label: 'Close the incident', onClose }}
    >
      <Fetched result={result} lines={14}>
        {(incident) => <Details incident={incident} />}
      </Fetched>
    </SidePanel>
  );
}

function Details({ incident }: { incident: IncidentDetail }) {
  const { id } = incident;
  const findings = useList('findings', {
    query: `incident:${id}`,
    sort: 'at',
    limit: MAX_FINDINGS,
    counted: false,
  });
  return (
    <Stack gap="md" p="md">
      <Head incident={incident} />
      <DecisionView {...incident} />
      <Actions incident={incident} findings={findings.isLoading ? null : findings.rows} />
      <AssigneeField id={id} assignee={incident.assignee} />
      {findings.error ? (
        <ProblemNotice error={findings.error} onRetry={findings.reload} />
      ) : findings.isLoading ? (
        <LoadingNotice lines={6} />
      ) : (
        <>
          <IncidentFindings findings={findings.rows} />
          <IncidentTimeline findings={findings.rows} />
        </>
      )}
      <NoteList id={id} notes={incident.noteTexts} />
    </Stack>
  );
}

function Head({ incident }: { incident: IncidentDetail }) {
  const { id, severity, score, title, userName, userId, source, firstAt, lastAt } = incident;
  const { tone, words } = incidentStateWords(incident);
  return (
    <div>
      <Group gap="xs" mb={6}>
        <SeverityBadge severity={severity} />
        <ToneBadge tone={tone} dot>
          {words}
        </ToneBadge>
        <Text c="dimmed">
          {id}, score {score}
        </Text>
      </Group>
      <Title order={2} pr={28}>
        <UntrustedText text={title} wrap />
      </Title>
      <Text c="dimmed" component="div">
        <UntrustedText text={userName ?? userId} wrap /> at <UntrustedText text={source} wrap />,{' '}
        <InstantText at={firstAt} />
        {lastAt !== firstAt && (
          <>
            {' '}
            to <InstantText at={lastAt} />
          </>
        )}
      </Text>
      <UserGlance source={source} userId={userId} />
    </div>
  );
}

function Actions({
  incident,
  findings,
}: {
  incident: IncidentDetail;
  /** Null while they are on their way. */
  findings: readonly Finding[] | null;
}) {
  const { id, sessions, state, verdict } = incident;
  const { go } = useAddress();
  const revoke = useRevoke();
  const [dialog, setDialog] = useState<'verdict' | 'reopen' | null>(null);
  const target = { kind: 'incidents', ids: [id] } as const;
  const close = () => setDialog(null);
  return (
    <Group gap="xs">
      {state === 'open' && (
        <Button leftSection={<Gavel size={14} />} onClick={() => setDialog('verdict')}>
          Verdict…
        </Button>
      )}
      {verdict !== null && (
        <Button variant="default" leftSection={<RotateCcw size={14} />} onClick={() => setDialog('reopen')}>
          Reopen…
        </Button>
      )}
      <Button
        color="red"
        leftSection={<CircleStop size={14} />}
        disabled={sessions.length === 0}
        onClick={() => revoke({ query: null, keys: sessions })}
      >
        End its sessions…
      </Button>
      <Button
        variant="default"
        leftSection={<MonitorSmartphone size={14} />}
        disabled={sessions.length === 0}
        onClick={() => go('/sessions', { q: keysTerm(sessions) })}
      >
        Show its sessions
      </Button>
      {findings !== null && <CopyTicket text={() => incidentTicket(incident, findings)} />}
      {dialog === 'verdict' && <VerdictDialog target={target} onClose={close} />}
      {dialog === 'reopen' && <ReopenDialog target={target} onClose={close} />}
    </Group>
  );
}
