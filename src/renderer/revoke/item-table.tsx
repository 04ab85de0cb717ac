import type { RevocationItem } from '../../contract/revocation.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfItem } from '../badge/tone.ts';
import type { Column } from '../table/column.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './revoke.module.css';

const columns: readonly Column<RevocationItem>[] = [
  {
    id: 'state',
    name: 'State',
    width: '116px',
    cell: ({ state }) => (
      <ToneBadge tone={toneOfItem[state]} dot>
        {state}
      </ToneBadge>
    ),
  },
  {
    id: 'user',
    name: 'User',
    width: 'minmax(120px, 1fr)',
    cell: ({ userName, userId }) => <UntrustedText text={userName ?? userId} />,
  },
  { id: 'source', name: 'Source', width: '90px', cell: ({ source }) => <UntrustedText text={source} /> },
  {
    id: 'hint',
    name: 'Id ends in',
    width: '86px',
    cell: ({ hint }) => <UntrustedText text={hint === '' ? null : hint} mono />,
  },
  {
    id: 'why',
    name: 'What happened',
    width: 'minmax(200px, 2fr)',
    cell: ({ why }) => <UntrustedText text={why} />,
  },
];

/** The items of a job, each with its own outcome. `height` in pixels, or the whole space when it is left out. */
export function ItemTable({ items, height }: { items: readonly RevocationItem[]; height?: number }) {
  return (
    <div className={classes.frame} style={height === undefined ? { flex: 1 } : { height }}>
      <VirtualTable
        label="Sessions of the job"
        columns={columns}
        rows={items}
        rowKey={(item) => item.session}
      />
    </div>
  );
}
