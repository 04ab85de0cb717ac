import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Paging } from '../data/use-paging.ts';
import { useKeys } from '../shell/use-keys.ts';
import type { Column } from './column.ts';
import { CutFoot, TableFoot } from './table-foot.tsx';
import { TableHeader } from './table-header.tsx';
import classes from './virtual-table.module.css';

type Props<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** How the rest of a list that comes in pages is had; without it `rows` is all there is. */
  paging?: Paging;
  sort?: string | null;
  onSort?: (sort: string | null) => void;
  /** Key of the row the keyboard is at; it is kept in view. */
  activeKey?: string | null;
  isSelected?: (row: Row) => boolean;
  isMuted?: (row: Row) => boolean;
  onRow?: (row: Row, how: { shiftKey: boolean }) => void;
  rowHeight?: number;
  /** A cell before the first column, such as a checkbox. */
  lead?: { header: ReactNode; cell: (row: Row) => ReactNode };
};

/** So near to the end of what is loaded, in rows, the next page is asked for. */
const AHEAD = 30;

/** Firefox ends an element at 17.8 million pixels, Chromium at 33.5 million; rows beyond could not be scrolled to. */
const MAX_HEIGHT = 15_000_000;

/** A table that draws only the rows in view, of as many as a browser can scroll through. */
export function VirtualTable<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, paging, activeKey = null, onRow, lead, rowHeight = 34 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const count = Math.min(rows.length, Math.floor(MAX_HEIGHT / rowHeight));
  // eslint-disable-next-line react-hooks/incompatible-library -- it mutates itself: TanStack/virtual issue 736
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  const more = paging?.more;
  useEffect(() => {
    if (lastIndex >= count - AHEAD) more?.();
  }, [lastIndex, count, more]);

  const listId = paging?.id;
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [listId]);

  const isLoadingOn = paging?.isLoadingOn ?? false;
  const wasLoadingOn = useRef(false);
  useEffect(() => {
    // Where the way to the end came to its end, and not page by page on the way there.
    if (wasLoadingOn.current && !isLoadingOn) virtualizer.scrollToIndex(count - 1);
    wasLoadingOn.current = isLoadingOn;
  }, [isLoadingOn, count, virtualizer]);

  const scrollBy = (pages: number) => {
    const { current } = scroller;
    current?.scrollBy({ top: pages * (current.clientHeight - 2 * rowHeight) });
  };
  useKeys({
    PageDown: () => scrollBy(1),
    PageUp: () => scrollBy(-1),
    Home: () => {
      paging?.stop();
      virtualizer.scrollToIndex(0);
    },
    End: () => {
      virtualizer.scrollToIndex(count - 1);
      paging?.toEnd();
    },
  });

  const activeIndex = activeKey === null ? -1 : rows.findIndex((row) => rowKey(row) === activeKey);
  useEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtualizer]);

  const rowCount = paging === undefined ? rows.length : paging.total;
  const tracks = [...(lead ? ['34px'] : []), ...columns.map((column) => column.width)].join(' ');
  return (
    <div className={classes.table}>
      {/* Focusable, so that it can be scrolled with the keyboard. */}
      <div className={classes.scroller} ref={scroller} tabIndex={0}>
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={rowCount === null ? -1 : rowCount + 1}
          className={classes.grid}
          style={{ '--tracks': tracks }}
        >
          <TableHeader
            columns={columns}
            lead={lead?.header}
            sort={props.sort ?? null}
            onSort={props.onSort}
          />
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
      {paging && <TableFoot loaded={rows.length} paging={paging} />}
      {count < rows.length && <CutFoot shown={count} all={rows.length} />}
    </div>
  );
}
