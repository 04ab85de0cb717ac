import { Button, Group, Text } from '@mantine/core';
import { Filter, MonitorSmartphone } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import type { MapPlace } from '../../contract/map.ts';
import type { Session } from '../../contract/session.ts';
import { useAddress } from '../address/use-address.ts';
import { shortRuleName } from '../badge/rule-name.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfSession } from '../badge/tone.ts';
import { countQuery } from '../data/costly-reads.ts';
import { useList, type List } from '../data/use-list.ts';
import { useEngine } from '../engine-client.ts';
import { PanelHead } from '../frame/panel-head.tsx';
import { SidePanel } from '../frame/side-panel.tsx';
import { LoadingNotice } from '../notice/loading-notice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { counted } from '../text/counted.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { deviceWords } from '../where/device-text.tsx';
import classes from './map.module.css';
import { placeName, placeQuery } from './place-name.ts';

const SHOWN = 100;

/** The sessions of one place, and the way to filter everything by it. */
export function PlacePanel({
  place,
  query,
  onClose,
}: {
  place: MapPlace;
  query: string;
  onClose: () => void;
}) {
  const { go, update } = useAddress();
  const here = placeQuery(query, place);
  const list = useList('sessions', { query: here, sort: '-seen', limit: SHOWN });
  const users = useUsersHere(list, here);
  return (
    <SidePanel label="Sessions of the place" width="360px">
      <PanelHead
        close={{ label: 'Close the place', onClose }}
        title={
          <>
            <Text fw={600} size="md" component="h2">
              <UntrustedText text={placeName(place)} />
            </Text>
            <Text c="dimmed" className="tabular">
              {counted(list.total ?? place.sessions, 'session')} of {users}
              {place.accuracyKm !== null && `, within ${place.accuracyKm.toLocaleString()} km`}
            </Text>
          </>
        }
      />
      <Group gap="xs" px="md" py="sm">
        <Button variant="default" leftSection={<Filter size={14} />} onClick={() => update({ q: here })}>
          Filter by it
        </Button>
        <Button
          variant="default"
          leftSection={<MonitorSmartphone size={14} />}
          onClick={() => go('/sessions', { q: here })}
        >
          Show in Sessions
        </Button>
      </Group>
      {list.error ? (
        <ProblemNotice error={list.error} onRetry={list.reload} />
      ) : list.isLoading ? (
        <LoadingNotice lines={6} />
      ) : (
        <ul className={classes.sessions}>
          {list.rows.slice(0, SHOWN).map((session) => (
            <li key={session.key}>
              <button type="button" onClick={() => go('/sessions', { q: here, session: session.key })}>
                <span className={classes.user}>
                  <UntrustedText text={session.userName ?? session.userId} />
                  {session.findings.map((rule) => (
                    <ToneBadge key={rule} tone="high">
                      {shortRuleName(rule)}
                    </ToneBadge>
                  ))}
                </span>
                <ToneBadge tone={toneOfSession[session.state]} dot>
                  {session.state}
                </ToneBadge>
                <span className={classes.under}>
                  <UntrustedText text={deviceWords(session)} />
                </span>
                <span className={classes.under}>
                  <InstantText at={session.lastSeenAt} form="relative" />
                </span>
              </button>
            </li>
          ))}
          {!list.isWhole && (
            <li>
              <Text c="dimmed" p="sm">
                and {((list.total ?? place.sessions) - SHOWN).toLocaleString()} more in Sessions
              </Text>
            </li>
          )}
        </ul>
      )}
    </SidePanel>
  );
}

/**
 * `12 users`. Of many sessions it is a bound: a query counts a user as soon as each of its terms is true of one of the user's
 * sessions, and those need not be the same.
 */
function useUsersHere(list: List<Session>, query: string): string {
  const count = useQuery({
    ...countQuery(useEngine(), 'users', query),
    enabled: !list.isWhole && list.rows.length > 0,
  });
  if (list.isWhole)
    return counted(new Set(list.rows.map(({ source, userId }) => `${source} ${userId}`)).size, 'user');
  return count.data === undefined ? '… users' : `at most ${counted(count.data, 'user')}`;
}
