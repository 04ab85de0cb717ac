import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Column } from './column.ts';
import { TableHeader } from './table-header.tsx';
import classes from './virtual-table.module.css';

type Props<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** All rows, loaded or not; the loaded ones when null. */
  total?: number | null;
  sort?: string | null;
  onSort?: (sort: string | null) => void;
  /** Key of the row the keyboard is at; it is kept in view. */
  activeKey?: string | null;
  isSelected?: (row: Row) => boolean;
  isMuted?: (row: Row) => boolean;
  onRow?: (row: Row, how: { shiftKey: boolean }) => void;
  /** The reader nears the end of what is loaded. */
  onEnd?: () => void;
  rowHeight?: number;
  /** A cell before the first column, such as a checkbox. */
  lead?: { header: ReactNode; cell: (row: Row) => ReactNode };
};

const AHEAD = 30;

/** A table that draws only the rows in view, for lists of any length. */
export function VirtualTable<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, total, activeKey = null, onRow, onEnd, lead, rowHeight = 34 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // https://github.com/TanStack/virtual/issues/736: the virtualizer mutates itself, which the compiler's rule can't see.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastIndex >= rows.length - AHEAD) onEnd?.();
  }, [lastIndex, rows.length, onEnd]);

  const activeIndex = activeKey === null ? -1 : rows.findIndex((row) => rowKey(row) === activeKey);
  useEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtualizer]);

  const tracks = [...(lead ? ['34px'] : []), ...columns.map((column) => column.width)].join(' ');
  return (
    // Focusable, so that it can be scrolled with the keyboard.
    <div className={classes.scroller} ref={scroller} tabIndex={0}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        className={classes.grid}
        style={{ '--tracks': tracks }}
      >
        <TableHeader columns={columns} lead={lead?.header} sort={props.sort ?? null} onSort={props.onSort} />
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              // Rows are opened with the keyboard through the page's own keys (`j`, `k`, `Enter`).
              <div
                key={rowKey(row)}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={props.isSelected?.(row)}
                className={classes.row}
                data-active={index === activeIndex ? true : undefined}
                data-selected={props.isSelected?.(row) ? true : undefined}
                data-muted={props.isMuted?.(row) ? true : undefined}
                data-clickable={onRow ? true : undefined}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                onClick={(event) => onRow?.(row, { shiftKey: event.shiftKey })}
              >
                {lead && (
                  <div role="gridcell" className={classes.lead}>
                    {lead.cell(row)}
                  </div>
                )}
                {columns.map((column) => (
                  <div key={column.id} role="gridcell" className={classes.cell} data-align={column.align}>
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
