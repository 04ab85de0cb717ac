import { Button, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import type { AuditEntry } from '../../contract/audit.ts';
import { usePaging } from '../data/use-paging.ts';
import { useEngine } from '../engine-client.ts';
import { Bar } from '../frame/bar.tsx';
import { FullPage } from '../frame/full-page.tsx';
import { ListAndPanel } from '../frame/list-and-panel.tsx';
import { Advice } from '../notice/advice.tsx';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { LoadingNotice } from '../notice/loading-notice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import type { Column } from '../table/column.ts';
import { narrowColumns } from '../table/narrow-columns.ts';
import { useRowKeys } from '../table/use-row-keys.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './audit.module.css';
import { EntryPanel } from './entry-panel.tsx';

const PAGE = 200;

const columns: readonly Column<AuditEntry>[] = [
  {
    id: 'seq',
    name: '#',
    width: '64px',
    align: 'end',
    cell: ({ seq }) => <span className="tabular">{seq}</span>,
  },
  { id: 'at', name: 'When', width: '160px', cell: ({ at }) => <InstantText at={at} withSeconds /> },
  {
    id: 'actor',
    name: 'Who',
    width: 'minmax(130px, 0.6fr)',
    cell: ({ actor }) => <UntrustedText text={actor} />,
  },
  { id: 'action', name: 'What', width: '180px', cell: ({ action }) => <UntrustedText text={action} mono /> },
  {
    id: 'detail',
    name: 'Detail',
    width: 'minmax(320px, 2fr)',
    cell: ({ detail }) => <UntrustedText text={JSON.stringify(detail)} mono />,
  },
  {
    id: 'hash',
    name: 'Hash',
    width: '130px',
    cell: ({ hash }) => <UntrustedText text={hash.slice(0, 14)} mono />,
  },
];

/** Columns that stay while an entry is open beside the list. */
const narrow = narrowColumns(columns, {
  seq: '56px',
  at: '160px',
  action: 'minmax(120px, 1fr)',
});

/** The append-only chain of everything that was done, and whether it still holds. */
export function AuditPage() {
  const engine = useEngine();
  const list = useInfiniteQuery({
    queryKey: ['audit', 'list'],
    queryFn: ({ pageParam, signal }) =>
      engine.audit.list.query({ limit: PAGE, beforeSeq: pageParam }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.seq ?? null)),
  });
  const verify = useMutation({ mutationFn: () => engine.audit.verify.query() });
  const entries = list.data?.pages.flat() ?? [];
  const paging = usePaging(list, entries.length);
  const [openSeq, setOpenSeq] = useState<number | null>(null);
  const opened = entries.find(({ seq }) => seq === openSeq);
  useRowKeys({
    order: entries.map(({ seq }) => String(seq)),
    openKey: openSeq === null ? null : String(openSeq),
    open: (seq) => setOpenSeq(Number(seq)),
    close: () => setOpenSeq(null),
  });

  return (
    <FullPage>
      <Bar>
        <Text c="dimmed" flex={1}>
          Each entry carries the hash of the one before it: a changed or removed entry breaks the chain.
        </Text>
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
          Verify the chain
        </Button>
      </Bar>
      {verify.isError && <ProblemNotice error={verify.error} />}
      {verify.data && (
        <div className={classes.verdict} role="status">
          <Advice
            tone={verify.data.ok ? 'good' : 'critical'}
            title={
              verify.data.ok
                ? 'The chain holds'
                : `The chain is broken at entry ${verify.data.brokenAt ?? '?'}`
            }
          >
            <UntrustedText text={verify.data.message} wrap />
          </Advice>
        </div>
      )}
      {list.isPending ? (
        <LoadingNotice lines={12} />
      ) : list.isError && !list.isFetchNextPageError ? (
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
      ) : entries.length === 0 ? (
        <EmptyNotice icon={<Link2 size={28} />} title="The chain is empty">
          It starts with the first source that is added.
        </EmptyNotice>
      ) : (
        <ListAndPanel panel={opened && <EntryPanel entry={opened} onClose={() => setOpenSeq(null)} />}>
          <VirtualTable
            label="Audit chain"
            columns={opened === undefined ? columns : narrow}
            rows={entries}
            rowKey={({ seq }) => String(seq)}
            paging={{
              ...paging,
              id: 'audit',
              total: paging.isWhole ? entries.length : null,
              beyond: 'The command line prints them all: sessionscope audit.',
            }}
            activeKey={openSeq === null ? null : String(openSeq)}
            onRow={({ seq }) => setOpenSeq(seq)}
          />
        </ListAndPanel>
      )}
    </FullPage>
  );
}
