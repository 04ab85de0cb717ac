import type { RevocationItem } from '../../contract/revocation.ts';
import type { Column } from '../table/column.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './revoke.module.css';
import { SessionGlance } from './session-glance.tsx';

const ROW_HEIGHT = 32;
const MAX_HEIGHT = 228;

const columns: readonly Column<RevocationItem>[] = [
  {
    id: 'user',
    name: 'User',
    width: 'minmax(160px, 1fr)',
    cell: ({ userName, userId }) => <UntrustedText text={userName ?? userId} />,
  },
  { id: 'source', name: 'Source', width: '110px', cell: ({ source }) => <UntrustedText text={source} /> },
  {
    id: 'session',
    name: 'Device, place, last seen',
    width: 'minmax(320px, 2.4fr)',
    cell: ({ session }) => <SessionGlance sessionKey={session} />,
  },
  {
    id: 'hint',
    name: 'Id ends in',
    width: '86px',
    cell: ({ hint }) => <UntrustedText text={hint === '' ? null : hint} mono />,
  },
];

/** Every session of a plan, named; nothing is summed up to "and 30 more". */
export function PlanTable({ items }: { items: readonly RevocationItem[] }) {
  return (
    <div
      className={classes.frame}
      style={{ height: Math.min(MAX_HEIGHT, items.length * ROW_HEIGHT + ROW_HEIGHT + 4) }}
    >
      <VirtualTable
        label="Sessions to end"
        columns={columns}
        rows={items}
        rowKey={(item) => item.session}
        rowHeight={ROW_HEIGHT}
      />
    </div>
  );
}
