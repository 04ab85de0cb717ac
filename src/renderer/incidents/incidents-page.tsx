import { Siren } from 'lucide-react';
import { useState } from 'react';
import { useAddress } from '../address/use-address.ts';
import { useList } from '../data/use-list.ts';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { visibleString } from '../text/visible-text.ts';
import { TriagePage } from '../triage/triage-page.tsx';
import { incidentColumns, narrowIncidentColumns } from './incident-columns.tsx';
import { IncidentPanel } from './incident-panel.tsx';

/** What waits for an analyst, the most pressing first: findings grouped by person and attacker. */
export function IncidentsPage() {
  const { params, update } = useAddress();
  const [sort, setSort] = useState<string | null>('-score');
  const list = useList('incidents', { query: params.q ?? '', sort });
  const open = (id: string | undefined) => update({ incident: id }, true);

  return (
    <TriagePage
      kind="incidents"
      label="Incidents"
      list={list}
      sort={sort}
      onSort={setSort}
      columns={incidentColumns}
      narrow={narrowIncidentColumns}
      openId={params.incident ?? null}
      open={open}
      panel={(id) => <IncidentPanel key={id} id={id} onClose={() => open(undefined)} />}
      empty={
        <EmptyNotice icon={<Siren size={28} />} title="No incidents">
          {params.q === undefined
            ? 'Nothing alerts. What is still being learned or suppressed stands under Findings.'
            : 'No incident matches the query.'}
        </EmptyNotice>
      }
      isMuted={({ state }) => state === 'closed'}
      nameOf={({ id, userName, userId }) => `incident ${id} of ${visibleString(userName ?? userId, 80)}`}
    />
  );
}
