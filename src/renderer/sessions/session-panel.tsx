import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChartGantt, CircleStop, Filter } from 'lucide-react';
import { useAddress } from '../address/use-address.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfSession } from '../badge/tone.ts';
import { useEngine } from '../engine-client.ts';
import { PanelBody } from '../frame/panel-body.tsx';
import { PanelHead } from '../frame/panel-head.tsx';
import { SidePanel } from '../frame/side-panel.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { userTerms } from '../query/term.ts';
import { useRevoke } from '../revoke/revoke-context.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { EventsNearby } from './events-nearby.tsx';
import { ObservationHistory } from './observation-history.tsx';
import { SessionAlerts } from './session-alerts.tsx';
import { SessionFacts } from './session-facts.tsx';
import { SessionFindings } from './session-findings.tsx';

/** Everything known about one session, beside the list it was opened from. */
export function SessionPanel({ sessionKey, onClose }: { sessionKey: string; onClose: () => void }) {
  const engine = useEngine();
  const { go } = useAddress();
  const revoke = useRevoke();
  const result = useQuery({
    queryKey: ['sessions', 'get', sessionKey],
    queryFn: ({ signal }) => engine.sessions.get.query({ key: sessionKey }, { signal }),
  });
  const session = result.data;

  return (
    <SidePanel label="Session details" width="440px">
      <PanelHead
        close={{ label: 'Close the details', onClose }}
        title={
          <>
            <Text size="md" fw={600} component="h2">
              <UntrustedText text={session?.userName ?? session?.userId ?? 'Session'} />
            </Text>
            {session && (
              <Group gap="xs" mt={2}>
                <ToneBadge tone={toneOfSession[session.state]} dot>
                  {session.state}
                </ToneBadge>
                <Text c="dimmed">at {session.source}</Text>
              </Group>
            )}
          </>
        }
      >
        {session && (
          <Group gap={4} wrap="nowrap">
            <Tooltip label="Timeline of this user">
              <ActionIcon
                aria-label="Timeline of this user"
                onClick={() => go('/timeline', { user: `${session.source}/${session.userId}` })}
              >
                <ChartGantt size={16} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Only sessions of this user">
              <ActionIcon
                aria-label="Only sessions of this user"
                onClick={() => go('/sessions', { q: userTerms(session.source, session.userId) })}
              >
                <Filter size={16} />
              </ActionIcon>
            </Tooltip>
            <Tooltip
              label={session.revocable ? 'Plan to end this session' : 'This source can’t end this session'}
            >
              <Button
                color="red"
                variant="light"
                leftSection={<CircleStop size={14} />}
                disabled={!session.revocable}
                onClick={() => revoke({ query: null, keys: [session.key] })}
              >
                End…
              </Button>
            </Tooltip>
          </Group>
        )}
      </PanelHead>
      <PanelBody label="What is known of the session">
        <Fetched result={result} lines={18}>
          {(found) => (
            <>
              <SessionAlerts session={found} />
              <SessionFindings session={found} />
              <SessionFacts session={found} />
              <ObservationHistory sessionKey={found.key} />
              <EventsNearby session={found} />
            </>
          )}
        </Fetched>
      </PanelBody>
    </SidePanel>
  );
}
