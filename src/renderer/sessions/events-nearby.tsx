import { Group, Text } from '@mantine/core';
import type { Event } from '../../contract/event.ts';
import type { Session } from '../../contract/session.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { useList } from '../data/use-list.ts';
import { PanelSection } from '../frame/panel-section.tsx';
import { LoadingNotice } from '../notice/loading-notice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { userTerms } from '../query/term.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { PlaceText } from '../where/place-text.tsx';
import classes from './sessions.module.css';

const SHOWN = 25;

/** The user's latest events at the session's source; those of this session are marked. */
export function EventsNearby({ session }: { session: Session }) {
  const list = useList('events', {
    query: userTerms(session.source, session.userId),
    sort: '-at',
    limit: SHOWN,
    counted: false,
  });
  return (
    <PanelSection title="Events of this user">
      {list.error ? (
        <ProblemNotice error={list.error} onRetry={list.reload} />
      ) : list.isLoading ? (
        <LoadingNotice lines={3} />
      ) : list.rows.length === 0 ? (
        <Text c="dimmed">This source has told no events of this user.</Text>
      ) : (
        <ol className={classes.history}>
          {list.rows.slice(0, SHOWN).map((event) => (
            <EventLine key={event.id} event={event} isOwn={event.session === session.key} />
          ))}
        </ol>
      )}
    </PanelSection>
  );
}

function EventLine({ event, isOwn }: { event: Event; isOwn: boolean }) {
  const tone = event.outcome === 'failure' ? 'high' : event.kind === 'end' ? 'info' : 'good';
  return (
    <li>
      <Group gap="xs" wrap="nowrap">
        <InstantText at={event.at} />
        <ToneBadge tone={tone}>{event.kind}</ToneBadge>
        {isOwn && <ToneBadge tone="low">this session</ToneBadge>}
      </Group>
      <Group gap="xs" wrap="nowrap" c="dimmed">
        <PlaceText place={event} />
        <UntrustedText text={event.ip} mono />
      </Group>
    </li>
  );
}
