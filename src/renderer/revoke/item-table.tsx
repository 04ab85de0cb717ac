import type { RevocationItem, RevocationItemState } from '../../contract/revocation.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfItem } from '../badge/tone.ts';
import type { Column } from '../table/column.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './revoke.module.css';

/** What a state says where the engine has nothing to add. */
const outcomeWords: Record<RevocationItemState, string> = {
  planned: 'Waits for its turn.',
  requested: 'Asked for; the source has not answered yet.',
  accepted: 'The source said yes; its next complete listing has to prove it.',
  verified: 'Proven: a complete listing after it no longer shows the session.',
  'still-present': 'The source still lists it.',
  'already-gone': 'It was gone before it was asked for.',
  failed: 'It could not be ended.',
  unverifiable: 'Asked for; no complete listing could prove it.',
  skipped: 'Left alone.',
};

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
    cell: ({ state, why }) => <UntrustedText text={why ?? outcomeWords[state]} />,
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
