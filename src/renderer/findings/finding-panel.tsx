import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChartGantt, CircleStop, MonitorSmartphone } from 'lucide-react';
import type { Finding } from '../../contract/finding.ts';
import { useAddress } from '../address/use-address.ts';
import { ruleName } from '../badge/rule-name.ts';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfFinding } from '../badge/tone.ts';
import { useEngine } from '../engine-client.ts';
import { EvidenceView } from '../evidence/evidence-view.tsx';
import { Explanation } from '../evidence/explanation.tsx';
import { SidePanel } from '../frame/side-panel.tsx';
import { Advice } from '../notice/advice.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { keysTerm } from '../query/term.ts';
import { useRevoke } from '../revoke/revoke-context.ts';
import { SessionGlance } from '../revoke/session-glance.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { CopyTicket } from '../ticket/copy-ticket.tsx';
import { findingTicket } from '../ticket/finding-ticket.ts';
import { DecisionView } from '../triage/decision-view.tsx';
import { UserGlance } from '../users/user-glance.tsx';
import { AboutRule } from './about-rule.tsx';
import { FindingTriage } from './finding-triage.tsx';

/** One finding with its reasons, and the ways on from it. */
export function FindingPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const engine = useEngine();
  const result = useQuery({
    queryKey: ['findings', 'get', id],
    queryFn: ({ signal }) => engine.findings.get.query({ id }, { signal }),
  });
  return (
    <SidePanel
      label="Finding details"
      width="min(600px, 48vw)"
      close={{ label: 'Close the finding', onClose }}
    >
      <Fetched result={result} lines={14}>
        {(finding) => <Details finding={finding} />}
      </Fetched>
    </SidePanel>
  );
}

function Details({ finding }: { finding: Finding }) {
  const { go } = useAddress();
  const revoke = useRevoke();
  return (
    <Stack gap="md" p="md">
      <div>
        <Group gap="xs" mb={6}>
          <SeverityBadge severity={finding.severity} />
          <ToneBadge tone={toneOfFinding[finding.state]} dot>
            {finding.state}
          </ToneBadge>
          <Text c="dimmed">
            {ruleName(finding.rule)}, <InstantText at={finding.at} />
          </Text>
        </Group>
        <Title order={2} pr={28}>
          <UntrustedText text={finding.title} wrap />
        </Title>
        <Text c="dimmed" component="div">
          <UntrustedText text={finding.userName ?? finding.userId} wrap /> at{' '}
          <UntrustedText text={finding.source} wrap />
        </Text>
        <UserGlance source={finding.source} userId={finding.userId} />
      </div>
      <DecisionView {...finding} />
      <FindingTriage finding={finding} />
      {finding.suppressedBy !== null && (
        <Advice tone="info" title="Suppressed: it does not alert">
          <UntrustedText text={finding.suppressedBy} wrap />
        </Advice>
      )}
      {finding.state === 'learning' && (
        <Advice tone="low" title="Learning: it does not alert">
          There is too little history of this user yet to tell what is usual.
        </Advice>
      )}
      <Group gap="xs">
        <Button
          color="red"
          leftSection={<CircleStop size={14} />}
          disabled={finding.sessions.length === 0}
          onClick={() => revoke({ query: null, keys: finding.sessions })}
        >
          End these sessions…
        </Button>
        <Button
          variant="default"
          leftSection={<MonitorSmartphone size={14} />}
          disabled={finding.sessions.length === 0}
          onClick={() => go('/sessions', { q: keysTerm(finding.sessions) })}
        >
          Show its sessions
        </Button>
        <Button
          variant="default"
          leftSection={<ChartGantt size={14} />}
          onClick={() =>
            go('/timeline', { user: `${finding.source}/${finding.userId}`, finding: finding.id })
          }
        >
          Timeline
        </Button>
        <CopyTicket text={() => findingTicket(finding)} />
      </Group>
      <section>
        <Title order={3} mb={6}>
          Why
        </Title>
        <Explanation text={finding.explanation} />
      </section>
      <section>
        <Title order={3} mb={6}>
          Evidence
        </Title>
        <EvidenceView finding={finding} />
      </section>
      {finding.sessions.length > 0 && (
        <section>
          <Title order={3} mb={6}>
            Sessions
          </Title>
          {finding.sessions.map((key) => (
            <SessionGlance key={key} sessionKey={key} />
          ))}
        </section>
      )}
      <AboutRule rule={finding.rule} />
    </Stack>
  );
}
