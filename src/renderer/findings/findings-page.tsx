import { Flag } from 'lucide-react';
import { useState } from 'react';
import type { Finding } from '../../contract/finding.ts';
import { useAddress } from '../address/use-address.ts';
import { ruleName } from '../badge/rule-name.ts';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfFinding } from '../badge/tone.ts';
import { useList } from '../data/use-list.ts';
import { ListAndPanel } from '../frame/list-and-panel.tsx';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { Listed } from '../notice/listed.tsx';
import { ReloadOffer } from '../notice/reload-offer.tsx';
import type { Column } from '../table/column.ts';
import { useSortableColumns } from '../table/use-sortable-columns.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { visibleString } from '../text/visible-text.ts';
import { pickColumn } from '../triage/pick-column.tsx';
import { SuppressDialog } from '../triage/suppress-dialog.tsx';
import { TriageBar } from '../triage/triage-bar.tsx';
import { useTriageList } from '../triage/use-triage-list.ts';
import { VerdictDialog } from '../triage/verdict-dialog.tsx';
import { FindingPanel } from './finding-panel.tsx';

const columns: readonly Column<Finding>[] = [
  {
    id: 'severity',
    name: 'Severity',
    width: '90px',
    sortBy: 'severity',
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  {
    id: 'title',
    name: 'Finding',
    width: 'minmax(260px, 2.6fr)',
    cell: ({ title }) => <UntrustedText text={title} />,
  },
  {
    id: 'user',
    name: 'User',
    width: 'minmax(120px, 1.2fr)',
    sortBy: 'userName',
    cell: ({ userName, userId }) => <UntrustedText text={userName ?? userId} />,
  },
  {
    id: 'rule',
    name: 'Rule',
    width: 'minmax(150px, 1.5fr)',
    sortBy: 'rule',
    cell: ({ rule }) => ruleName(rule),
  },
  {
    id: 'state',
    name: 'State',
    width: '104px',
    sortBy: 'state',
    cell: ({ state, suppressedBy }) => (
      <ToneBadge tone={toneOfFinding[state]} title={suppressedBy ?? undefined} dot>
        {state}
      </ToneBadge>
    ),
  },
  {
    id: 'source',
    name: 'Source',
    width: '90px',
    sortBy: 'source',
    cell: ({ source }) => <UntrustedText text={source} />,
  },
  { id: 'at', name: 'When', width: '130px', sortBy: 'at', cell: ({ at }) => <InstantText at={at} /> },
];

/** What the rules hold against sessions, the worst first; what was suppressed stays in sight, greyed. */
export function FindingsPage() {
  const { params, update } = useAddress();
  const [sort, setSort] = useState<string | null>('-severity');
  const list = useList('findings', { query: params.q ?? '', sort });
  const shown = useSortableColumns('findings', columns);
  const openId = params.finding ?? null;
  const open = (id: string | undefined) => update({ finding: id }, true);
  const [suppressing, setSuppressing] = useState<Finding | null>(null);
  const suppress = () => {
    const finding = list.rows.find(({ id }) => id === openId);
    if (finding?.state === 'open' || finding?.state === 'learning') setSuppressing(finding);
  };
  const { picks, deciding, decide, concludeDeciding } = useTriageList({
    order: list.rows.map(({ id }) => id),
    openId,
    open,
    keys: { s: suppress },
  });

  return (
    <>
      <ListAndPanel
        panel={openId !== null && <FindingPanel key={openId} id={openId} onClose={() => open(undefined)} />}
      >
        <TriageBar picks={picks} what="findings" onVerdict={decide}>
          <ReloadOffer list={list} />
        </TriageBar>
        <Listed
          list={list}
          label="Loading findings"
          empty={
            <EmptyNotice icon={<Flag size={28} />} title="No findings">
              {params.q === undefined
                ? 'No rule holds anything against a session. Sources says which rules can’t be evaluated where.'
                : 'No finding matches the query.'}
            </EmptyNotice>
          }
        >
          <VirtualTable
            label="Findings"
            columns={openId === null ? shown : shown.filter(({ id }) => NARROW.has(id))}
            rows={list.rows}
            rowKey={({ id }) => id}
            paging={list}
            sort={sort}
            onSort={setSort}
            activeKey={openId}
            isMuted={({ state }) => state === 'suppressed' || state === 'closed'}
            isSelected={({ id }) => picks.keys.has(id)}
            onRow={({ id }, { shiftKey }) => (shiftKey ? picks.pick(id, true) : open(id))}
            lead={pickColumn<Finding>(picks, 'findings', ({ title }) => visibleString(title, 80))}
          />
        </Listed>
      </ListAndPanel>
      {deciding !== null && (
        <VerdictDialog target={{ kind: 'findings', ids: deciding }} onClose={concludeDeciding} />
      )}
      {suppressing !== null && <SuppressDialog finding={suppressing} onClose={() => setSuppressing(null)} />}
    </>
  );
}

/** Columns that stay while a finding is open beside the list. */
const NARROW = new Set(['severity', 'title', 'user']);
