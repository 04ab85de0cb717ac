import { Flag } from 'lucide-react';
import { useState } from 'react';
import type { Finding } from '../../contract/finding.ts';
import { useAddress } from '../address/use-address.ts';
import { useList } from '../data/use-list.ts';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { visibleString } from '../text/visible-text.ts';
import { SuppressDialog } from '../triage/suppress-dialog.tsx';
import { TriagePage } from '../triage/triage-page.tsx';
import { findingColumns, narrowFindingColumns } from './finding-columns.tsx';
import { FindingPanel } from './finding-panel.tsx';

/** What the rules hold against sessions, the worst first; what was suppressed stays in sight, greyed. */
export function FindingsPage() {
  const { params, go, update } = useAddress();
  const [sort, setSort] = useState<string | null>('-severity');
  const list = useList('findings', { query: params.q ?? '', sort });
  const openId = params.finding ?? null;
  const open = (id: string | undefined) => update({ finding: id }, true);
  const [suppressing, setSuppressing] = useState<Finding | null>(null);
  const finding = list.rows.find(({ id }) => id === openId);
  const suppress = () => {
    if (finding?.state === 'open' || finding?.state === 'learning') setSuppressing(finding);
  };
  const openIncident = () => {
    if (finding?.incident != null) go('/incidents', { q: undefined, incident: finding.incident });
  };

  return (
    <>
      <TriagePage
        kind="findings"
        label="Findings"
        list={list}
        sort={sort}
        onSort={setSort}
        columns={findingColumns}
        narrow={narrowFindingColumns}
        openId={openId}
        open={open}
        panel={(id) => <FindingPanel key={id} id={id} onClose={() => open(undefined)} />}
        empty={
          <EmptyNotice icon={<Flag size={28} />} title="No findings">
            {params.q === undefined
              ? 'No rule holds anything against a session. Sources says which rules can’t be evaluated where.'
              : 'No finding matches the query.'}
          </EmptyNotice>
        }
        isMuted={({ state }) => state === 'suppressed' || state === 'closed'}
        nameOf={({ title }) => visibleString(title, 80)}
        keys={{ s: suppress, i: openIncident }}
      />
      {suppressing !== null && <SuppressDialog finding={suppressing} onClose={() => setSuppressing(null)} />}
    </>
  );
}
