import { useMemo } from 'react';
import type { ListName } from '../../contract/system.ts';
import { useQueryFields } from '../data/use-query-fields.ts';
import type { Column } from './column.ts';

/** The columns, sortable only by fields that the engine has an index for: a header never offers what would be refused. */
export function useSortableColumns<Row>(
  list: ListName,
  columns: readonly Column<Row>[],
): readonly Column<Row>[] {
  const { data: fields } = useQueryFields(list);
  return useMemo(() => {
    const sortable = new Set(
      (fields ?? [])
        .filter((field) => field.sortable)
        .flatMap(({ name, shortNames }) => [name, ...shortNames]),
    );
    return columns.map((column) =>
      column.sortBy === undefined || sortable.has(column.sortBy) ? column : { ...column, sortBy: undefined },
    );
  }, [fields, columns]);
}
