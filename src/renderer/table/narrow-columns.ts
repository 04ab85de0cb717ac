import type { Column } from './column.ts';

/**
 * The columns that stay while a row is open beside the table, in the order of `widths`, which has the tracks they shrink to by
 * their ids: at 1,024 pixels some 330 are left for the list.
 */
export function narrowColumns<Row>(
  columns: readonly Column<Row>[],
  widths: Readonly<Record<string, string>>,
): readonly Column<Row>[] {
  return Object.entries(widths).flatMap(([id, width]) => {
    const column = columns.find((each) => each.id === id);
    return column === undefined ? [] : [{ ...column, width }];
  });
}
