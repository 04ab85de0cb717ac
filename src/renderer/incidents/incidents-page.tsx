import { Siren } from 'lucide-react';
import { useState } from 'react';
import type { Incident } from '../../contract/incident.ts';
import { useAddress } from '../address/use-address.ts';
import { useList } from '../data/use-list.ts';
import { ListAndPanel } from '../frame/list-and-panel.tsx';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { Listed } from '../notice/listed.tsx';
import { ReloadOffer } from '../notice/reload-offer.tsx';
import { useSortableColumns } from '../table/use-sortable-columns.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { pickColumn } from '../triage/pick-column.tsx';
import { TriageBar } from '../triage/triage-bar.tsx';
import { useTriageList } from '../triage/use-triage-list.ts';
import { VerdictDialog } from '../triage/verdict-dialog.tsx';
import { incidentColumns, narrowIncidentColumns } from './incident-columns.tsx';
import { IncidentPanel } from './incident-panel.tsx';

/** What waits for an analyst, the most pressing first: findings grouped by person and attacker. */
export function IncidentsPage() {
  const { params, update } = useAddress();
  const [sort, setSort] = useState<string | null>('-score');
  const list = useList('incidents', { query: params.q ?? '', sort });
  const columns = useSortableColumns('incidents', incidentColumns);
  const openId = params.incident ?? null;
  const open = (id: string | undefined) => update({ incident: id }, true);
  const { picks, deciding, decide, concludeDeciding } = useTriageList({
    order: list.rows.map(({ id }) => id),
    openId,
    open,
  });

  return (
    <>
      <ListAndPanel
        panel={openId !== null && <IncidentPanel key={openId} id={openId} onClose={() => open(undefined)} />}
      >
        <TriageBar picks={picks} what="incidents" onVerdict={decide}>
          <ReloadOffer list={list} />
        </TriageBar>
        <Listed
          list={list}
          label="Loading incidents"
          empty={
            <EmptyNotice icon={<Siren size={28} />} title="No incidents">
              {params.q === undefined
                ? 'Nothing alerts. What is still being learned or suppressed stands under Findings.'
                : 'No incident matches the query.'}
            </EmptyNotice>
          }
        >
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
        </Listed>
      </ListAndPanel>
      {deciding !== null && (
        <VerdictDialog target={{ kind: 'incidents', ids: deciding }} onClose={concludeDeciding} />
      )}
    </>
  );
}
