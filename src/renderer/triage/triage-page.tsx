import type { ReactNode } from 'react';
import type { List } from '../data/use-list.ts';
import { ListAndPanel } from '../frame/list-and-panel.tsx';
import { Listed } from '../notice/listed.tsx';
import { ReloadOffer } from '../notice/reload-offer.tsx';
import type { Keys } from '../shell/use-keys.ts';
import type { Column } from '../table/column.ts';
import { useSortableColumns } from '../table/use-sortable-columns.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { pickColumn } from './pick-column.tsx';
import { TriageBar } from './triage-bar.tsx';
import type { TriageTarget } from './triage-target.ts';
import { useTriageList } from './use-triage-list.ts';
import { VerdictDialog } from './verdict-dialog.tsx';

type Props<Row> = {
  kind: TriageTarget['kind'];
  /** The name of the table. */
  label: string;
  list: List<Row>;
  sort: string | null;
  onSort: (sort: string | null) => void;
  columns: readonly Column<Row>[];
  /** Those that stay while a row is open. */
  narrow: readonly Column<Row>[];
  openId: string | null;
  open: (id: string | undefined) => void;
  /** The panel of the open row. */
  panel: (id: string) => ReactNode;
  /** What stands in place of no rows. */
  empty: ReactNode;
  isMuted: (row: Row) => boolean;
  /** What a row is, said aloud at its box. */
  nameOf: (row: Row) => string;
  /** Keys beside those of every list that is decided on. */
  keys?: Keys;
};

/** A list that is decided on beside what is open of it: what the pages of findings and of incidents have in common. */
export function TriagePage<Row extends { readonly id: string }>(props: Props<Row>) {
  const { kind, label, list, sort, onSort, openId, open, panel, empty, isMuted, nameOf } = props;
  const columns = useSortableColumns(kind, openId === null ? props.columns : props.narrow);
  const { picks, deciding, decide, concludeDeciding } = useTriageList({
    order: list.rows.map(({ id }) => id),
    openId,
    open,
    ...(props.keys && { keys: props.keys }),
  });
  return (
    <>
      <ListAndPanel panel={openId !== null && panel(openId)}>
        <TriageBar picks={picks} what={kind} onVerdict={decide}>
          <ReloadOffer list={list} />
        </TriageBar>
        <Listed list={list} label={`Loading ${kind}`} empty={empty}>
          <VirtualTable
            label={label}
            columns={columns}
            rows={list.rows}
            rowKey={({ id }) => id}
            paging={list}
            sort={sort}
            onSort={onSort}
            activeKey={openId}
            isSelected={({ id }) => picks.keys.has(id)}
            isMuted={isMuted}
            onRow={({ id }, { shiftKey }) => (shiftKey ? picks.pick(id, true) : open(id))}
            lead={pickColumn<Row>(picks, kind, nameOf)}
          />
        </Listed>
      </ListAndPanel>
      {deciding !== null && <VerdictDialog target={{ kind, ids: deciding }} onClose={concludeDeciding} />}
    </>
  );
}
