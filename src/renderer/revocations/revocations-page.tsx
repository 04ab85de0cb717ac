import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleStop } from 'lucide-react';
import type { RevocationSummary } from '../../contract/revocation.ts';
import { useAddress } from '../address/use-address.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfJob } from '../badge/tone.ts';
import { useEngine } from '../engine-client.ts';
import { ListAndPanel } from '../frame/list-and-panel.tsx';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { Fetched } from '../notice/fetched.tsx';
import type { Column } from '../table/column.ts';
import { narrowColumns } from '../table/narrow-columns.ts';
import { useRowKeys } from '../table/use-row-keys.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { countsInWords } from './counts-in-words.ts';
import { JobPanel } from './job-panel.tsx';

const MAX_JOBS = 500;

const columns: readonly Column<RevocationSummary>[] = [
  {
    id: 'state',
    name: 'State',
    width: '100px',
    cell: ({ state }) => (
      <ToneBadge tone={toneOfJob[state]} dot>
        {state}
      </ToneBadge>
    ),
  },
  {
    id: 'reason',
    name: 'Reason',
    width: 'minmax(200px, 1.4fr)',
    cell: ({ reason }) => <UntrustedText text={reason} />,
  },
  {
    id: 'counts',
    name: 'Sessions',
    width: 'minmax(220px, 1.2fr)',
    cell: ({ counts }) => <span className="ellipsis">{countsInWords(counts)}</span>,
  },
  { id: 'created', name: 'Started', width: '136px', cell: ({ createdAt }) => <InstantText at={createdAt} /> },
  {
    id: 'finished',
    name: 'Finished',
    width: '136px',
    cell: ({ finishedAt }) => <InstantText at={finishedAt} />,
  },
];

/** Columns that stay while a job is open beside the list. */
const narrow = narrowColumns(columns, { state: '100px', reason: 'minmax(120px, 1fr)' });

/** Every job that ended sessions, with what became of each of them. */
export function RevocationsPage() {
  const engine = useEngine();
  const { params, update } = useAddress();
  const openId = params.revocation ?? null;
  const open = (id: string | undefined) => update({ revocation: id }, true);
  const result = useQuery({
    queryKey: ['revocations', 'list'],
    queryFn: ({ signal }) => engine.revocations.list.query({ limit: MAX_JOBS }, { signal }),
  });
  useRowKeys({
    order: result.data?.map(({ id }) => id) ?? [],
    openKey: openId,
    open,
    close: () => open(undefined),
  });
  return (
    <Fetched result={result} lines={8}>
      {(jobs) =>
        jobs.length === 0 ? (
          <EmptyNotice icon={<CircleStop size={28} />} title="Nothing has been ended yet">
            Select sessions on the Sessions page, or open a finding, and plan to end them. Each job is kept
            here with the proof of every session.
          </EmptyNotice>
        ) : (
          <ListAndPanel
            panel={openId !== null && <JobPanel key={openId} id={openId} onClose={() => open(undefined)} />}
          >
            <VirtualTable
              label="Revocations"
              columns={openId === null ? columns : narrow}
              rows={jobs}
              rowKey={({ id }) => id}
              activeKey={openId}
              onRow={({ id }) => open(id)}
            />
            {jobs.length === MAX_JOBS && (
              <Text c="dimmed" p="xs">
                The latest {MAX_JOBS} jobs. Older ones are listed by the command line.
              </Text>
            )}
          </ListAndPanel>
        )
      }
    </Fetched>
  );
}
