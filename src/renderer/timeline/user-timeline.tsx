import { Button, Group, Switch, Text } from '@mantine/core';
import { ChartGantt, ChevronLeft, CircleStop, UserRound } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Finding } from '../../contract/finding.ts';
import { useAddress } from '../address/use-address.ts';
import { useList } from '../data/use-list.ts';
import { travelEvidence } from '../evidence/travel-evidence.ts';
import { Bar } from '../frame/bar.tsx';
import { FullPage } from '../frame/full-page.tsx';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { LoadingNotice } from '../notice/loading-notice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { useRevoke } from '../revoke/revoke-context.ts';
import { SessionPanel } from '../sessions/session-panel.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { counted } from '../text/counted.ts';
import { useNow } from '../text/use-now.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { UserGlance } from '../users/user-glance.tsx';
import { UserPanel } from '../users/user-panel.tsx';
import { RangeControls } from './range-controls.tsx';
import { sessionBars } from './session-bar.ts';
import { moved, zoomed } from './time-axis.ts';
import { TimelineChart } from './timeline-chart.tsx';
import classes from './timeline.module.css';
import { MAX_ACCOUNTS, useTimelineScope } from './use-timeline-scope.ts';

const MAX_ROWS = 500;
const DAY_MS = 86_400_000;

type Range = { readonly fromMs: number; readonly toMs: number };

/** Sessions as bars, events as ticks, findings marked, journeys as lines between two bars. */
export function UserTimeline({ source, userId }: { source: string; userId: string }) {
  const { params, go, update } = useAddress();
  const revoke = useRevoke();
  const scope = useTimelineScope(source, userId, params.accounts === 'all');
  const { query, accounts, isOfPerson } = scope;
  const sessions = useList('sessions', { query, sort: '-started', limit: MAX_ROWS });
  const events = useList('events', { query, sort: '-at', limit: MAX_ROWS });
  const findings = useList('findings', { query, sort: '-at', limit: MAX_ROWS });
  const nowMs = useNow();
  const bars = useMemo(() => sessionBars(sessions.rows, nowMs), [sessions.rows, nowMs]);
  const whole = wholeRange(bars[0]?.startMs ?? nowMs - 7 * DAY_MS, nowMs);
  const [picked, setPicked] = useState<Range | null>(null);
  const focus = findings.rows.find(({ id }) => id === params.finding);
  const range = picked ?? (focus === undefined ? whole : rangeAround(focus));
  const name = scope.userName ?? sessions.rows[0]?.userName ?? userId;
  const isAboutOpen = params.about !== undefined && params.session === undefined;
  const closePanel = () => update({ session: undefined, about: undefined }, true);
  const error = sessions.error ?? events.error ?? findings.error;

  useKeys({
    '+': () => setPicked(zoomed(range, 0.5)),
    '-': () => setPicked(zoomed(range, 2)),
    ArrowLeft: () => setPicked(moved(range, -0.25)),
    ArrowRight: () => setPicked(moved(range, 0.25)),
    '0': () => setPicked(whole),
    Escape: () => (params.session === undefined && !isAboutOpen ? go('/timeline') : closePanel()),
  });

  return (
    <FullPage>
      <Bar>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<ChevronLeft size={14} />}
          onClick={() => go('/timeline')}
        >
          Users
        </Button>
        <div className={classes.who}>
          <Text fw={600} size="md" component="h2">
            <UntrustedText text={name} />
          </Text>
          <Text c="dimmed" size="xs">
            {isOfPerson ? counted(accounts, 'account') : source}, {counted(sessions.total, 'session')},{' '}
            {counted(events.total, 'event')}, {counted(findings.total, 'finding')}
            {isOfPerson && accounts > MAX_ACCOUNTS && `; the first ${MAX_ACCOUNTS} accounts are drawn`}
            {[sessions, events, findings].some(({ isWhole, isLoading }) => !isWhole && !isLoading) &&
              `; the latest ${MAX_ROWS} of each are drawn`}
          </Text>
          <UserGlance source={source} userId={userId} />
        </div>
        {accounts > 1 && (
          <Switch
            size="xs"
            label="All accounts"
            checked={isOfPerson}
            onChange={({ currentTarget }) =>
              update({ accounts: currentTarget.checked ? 'all' : undefined }, true)
            }
          />
        )}
        <RangeControls range={range} nowMs={nowMs} onRange={(next) => setPicked(next ?? whole)} />
        <Group gap="xs" ml="auto" wrap="nowrap">
          <Button
            variant="default"
            leftSection={<UserRound size={14} />}
            aria-pressed={isAboutOpen}
            onClick={() => update({ session: undefined, about: isAboutOpen ? undefined : 'user' }, true)}
          >
            About this user
          </Button>
          <Button
            color="red"
            variant="light"
            leftSection={<CircleStop size={14} />}
            disabled={sessions.rows.length === 0}
            onClick={() => revoke({ query: `${scope.everything} state:active`, keys: [] })}
          >
            End all of this {isOfPerson ? 'person' : 'user'}…
          </Button>
        </Group>
      </Bar>
      <div className={classes.split}>
        {error ? (
          <ProblemNotice error={error} onRetry={sessions.reload} />
        ) : sessions.isLoading ? (
          <LoadingNotice lines={10} />
        ) : bars.length === 0 ? (
          <EmptyNotice icon={<ChartGantt size={28} />} title="No sessions of this user">
            The source has listed none, or they were removed by retention.
          </EmptyNotice>
        ) : (
          <TimelineChart
            bars={bars}
            events={events.rows}
            findings={findings.rows}
            range={range}
            nowMs={nowMs}
            isOfPerson={isOfPerson}
            openSession={params.session ?? null}
            onSession={(key) => update({ session: key, about: undefined }, true)}
            onFinding={(id) => go('/findings', { q: undefined, finding: id })}
            onZoom={(factor, atMs) => setPicked(zoomed(range, factor, atMs))}
          />
        )}
        {params.session !== undefined && (
          <SessionPanel key={params.session} sessionKey={params.session} onClose={closePanel} />
        )}
        {isAboutOpen && <UserPanel source={source} userId={userId} onClose={closePanel} />}
      </div>
    </FullPage>
  );
}

/** Wide enough for both ends of what a finding compares, and for what was around it. */
function rangeAround({ at, evidence }: Finding): Range {
  const travel = travelEvidence(evidence);
  const ends = [at, travel?.from.at ?? at, travel?.to.at ?? at].map((instant) => Date.parse(instant));
  const [fromMs, toMs] = [Math.min(...ends), Math.max(...ends)];
  const margin = Math.max(DAY_MS / 8, toMs - fromMs);
  return { fromMs: fromMs - margin, toMs: toMs + margin };
}

/** From a little before the first start to a little after now. */
function wholeRange(firstMs: number, nowMs: number): Range {
  const span = Math.max(DAY_MS / 4, nowMs - firstMs);
  return { fromMs: firstMs - span * 0.03, toMs: nowMs + span * 0.03 };
}
