import { Button } from '@mantine/core';
import { Siren } from 'lucide-react';
import { useState } from 'react';
import type { Incident } from '../../contract/incident.ts';
import { useAddress } from '../address/use-address.ts';
import { useList } from '../data/use-list.ts';
import { ListAndPanel } from '../frame/list-and-panel.tsx';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { ListProblem } from '../notice/list-problem.tsx';
import { LoadingNotice } from '../notice/loading-notice.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { useSortableColumns } from '../table/use-sortable-columns.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { pickColumn } from '../triage/pick-column.tsx';
import { TriageBar } from '../triage/triage-bar.tsx';
import { usePicks } from '../triage/use-picks.ts';
import { VerdictDialog } from '../triage/verdict-dialog.tsx';
import { incidentColumns, narrowIncidentColumns } from './incident-columns.tsx';
import { IncidentPanel } from './incident-panel.tsx';

/** What waits for an analyst, the most pressing first: findings grouped by person and attacker. */
export function IncidentsPage() {
  const { params, update } = useAddress();
  const [sort, setSort] = useState<string | null>('-score');
  const [deciding, setDeciding] = useState<readonly string[] | null>(null);
  const list = useList('incidents', { query: params.q ?? '', sort });
  const columns = useSortableColumns('incidents', incidentColumns);
  const order = list.rows.map(({ id }) => id);
  const picks = usePicks(order);
  const openId = params.incident ?? null;
  const open = (id: string | undefined) => update({ incident: id }, true);
  const step = (by: number) => {
    const next = order[Math.min(order.length - 1, Math.max(0, order.indexOf(openId ?? '') + by))];
    if (next !== undefined) open(next);
  };
  const decide = () => {
    const ids = picks.keys.size > 0 ? [...picks.keys] : openId === null ? [] : [openId];
    if (ids.length > 0) setDeciding(ids);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    x: () => openId !== null && picks.pick(openId, false),
    X: () => openId !== null && picks.pick(openId, true),
    v: decide,
    Escape: () => (openId === null ? picks.clear() : open(undefined)),
  });

  return (
    <>
      <ListAndPanel
        panel={openId !== null && <IncidentPanel key={openId} id={openId} onClose={() => open(undefined)} />}
      >
        <TriageBar picks={picks} what="incidents" onVerdict={decide}>
          {list.isOutdated && (
            <Button variant="light" onClick={list.reload}>
              The data changed: reload
            </Button>
          )}
        </TriageBar>
        {list.error ? (
          <ListProblem error={list.error} onRetry={list.reload} />
        ) : list.isLoading ? (
          <LoadingNotice lines={12} label="Loading incidents" />
        ) : list.rows.length === 0 ? (
          <EmptyNotice icon={<Siren size={28} />} title="No incidents">
            {params.q === undefined
              ? 'Nothing alerts. What is still being learned or suppressed stands under Findings.'
              : 'No incident matches the query.'}
          </EmptyNotice>
        ) : (
          <VirtualTable
            label="Incidents"
            columns={openId === null ? columns : columns.filter(({ id }) => narrowIncidentColumns.has(id))}
            rows={list.rows}
            rowKey={({ id }) => id}
            paging={list}
            sort={sort}
            onSort={setSort}
            activeKey={openId}
            isSelected={({ id }) => picks.keys.has(id)}
            isMuted={({ state }) => state === 'closed'}
            onRow={({ id }, { shiftKey }) => (shiftKey ? picks.pick(id, true) : open(id))}
            lead={pickColumn<Incident>(
              picks,
              'incidents',
              ({ id, userName, userId }) => `incident ${id} of ${userName ?? userId}`,
            )}
          />
        )}
      </ListAndPanel>
      {deciding !== null && (
        <VerdictDialog
          target={{ kind: 'incidents', ids: deciding }}
          onClose={() => {
            setDeciding(null);
            picks.clear();
          }}
        />
      )}
    </>
  );
}
