import type { Finding } from '../../contract/finding.ts';
import { ruleName } from '../badge/rule-name.ts';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfFinding } from '../badge/tone.ts';
import type { Column } from '../table/column.ts';
import { narrowColumns } from '../table/narrow-columns.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';

export const findingColumns: readonly Column<Finding>[] = [
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
    cell: ({ rule }) => <UntrustedText text={ruleName(rule)} />,
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

/** Columns that stay while a finding is open beside the list. */
export const narrowFindingColumns = narrowColumns(findingColumns, {
  severity: '90px',
  title: 'minmax(104px, 2.6fr)',
  user: 'minmax(88px, 1.2fr)',
});
