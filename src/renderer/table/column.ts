import type { ReactNode } from 'react';

/** One column of a virtual table. */
export type Column<Row> = {
  readonly id: string;
  readonly name: string;
  /** A CSS grid track: `120px`, `minmax(160px, 2fr)`. */
  readonly width: string;
  /** Field of the query language this column sorts by; none when it can't be sorted. */
  readonly sortBy?: string | undefined;
  readonly align?: 'end';
  readonly cell: (row: Row) => ReactNode;
};

/** The order after a click on a header: ascending, descending, then the list's own. */
export function nextSort(current: string | null, field: string): string | null {
  if (current === field) return `-${field}`;
  if (current === `-${field}`) return null;
  return field;
}
