import type { Incident } from '../../contract/incident.ts';
import { ruleName } from '../badge/rule-name.ts';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import type { Column } from '../table/column.ts';
import { narrowColumns } from '../table/narrow-columns.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { incidentStateWords } from './incident-state-words.ts';

export const incidentColumns: readonly Column<Incident>[] = [
  {
    id: 'severity',
    name: 'Severity',
    width: '90px',
    sortBy: 'severity',
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  { id: 'score', name: 'Score', width: '76px', sortBy: 'score', cell: ({ score }) => score },
  {
    id: 'user',
    name: 'User',
    width: 'minmax(120px, 1fr)',
    sortBy: 'userName',
    cell: ({ userName, userId }) => <UntrustedText text={userName ?? userId} />,
  },
  {
    id: 'title',
    name: 'Worst finding',
    width: 'minmax(220px, 2.2fr)',
    cell: ({ title }) => <UntrustedText text={title} />,
  },
  {
    id: 'rules',
    name: 'Rules',
    width: 'minmax(150px, 1.5fr)',
    cell: ({ rules }) => <UntrustedText text={rules.map(ruleName).join(', ')} />,
  },
  {
    id: 'state',
    name: 'State',
    width: '116px',
    cell: (incident) => {
      const { tone, words } = incidentStateWords(incident);
      return (
        <ToneBadge tone={tone} dot>
          {words}
        </ToneBadge>
      );
    },
  },
  {
    id: 'assignee',
    name: 'Assignee',
    width: '100px',
    sortBy: 'assignee',
    cell: ({ assignee }) => <UntrustedText text={assignee} />,
  },
  {
    id: 'first',
    name: 'First',
    width: '134px',
    sortBy: 'firstAt',
    cell: ({ firstAt }) => <InstantText at={firstAt} />,
  },
  {
    id: 'last',
    name: 'Last',
    width: '134px',
    sortBy: 'lastAt',
    cell: ({ lastAt }) => <InstantText at={lastAt} />,
  },
];

/** Columns that stay while an incident is open beside the list. */
export const narrowIncidentColumns = narrowColumns(incidentColumns, {
  severity: '90px',
  user: 'minmax(88px, 1fr)',
  title: 'minmax(104px, 2.2fr)',
});
