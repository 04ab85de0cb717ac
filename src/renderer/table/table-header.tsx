import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { nextSort, type Column } from './column.ts';
import classes from './virtual-table.module.css';

type Props<Row> = {
  columns: readonly Column<Row>[];
  lead: ReactNode;
  sort: string | null;
  onSort: ((sort: string | null) => void) | undefined;
};

/** Column names; those that sort are buttons. */
export function TableHeader<Row>({ columns, lead, sort, onSort }: Props<Row>) {
  return (
    <div role="rowgroup" className={classes.header}>
      <div role="row" aria-rowindex={1} className={classes.headerRow}>
        {lead !== undefined && (
          <div role="columnheader" className={classes.lead}>
            {lead}
          </div>
        )}
        {columns.map(({ id, name, sortBy, align }) => {
          const direction = directionOf(sort, sortBy);
          return (
            <div
              key={id}
              role="columnheader"
              aria-sort={direction}
              className={classes.cell}
              data-align={align}
            >
              {sortBy !== undefined && onSort ? (
                <button type="button" className={classes.sort} onClick={() => onSort(nextSort(sort, sortBy))}>
                  {name}
                  {direction === 'ascending' && <ArrowUp size={12} aria-hidden />}
                  {direction === 'descending' && <ArrowDown size={12} aria-hidden />}
                </button>
              ) : (
                name
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function directionOf(sort: string | null, field: string | undefined): 'ascending' | 'descending' | undefined {
  if (field === undefined) return undefined;
  if (sort === field) return 'ascending';
  return sort === `-${field}` ? 'descending' : undefined;
}
