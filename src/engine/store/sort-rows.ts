import type { SqlCondition, SqlValue } from '../query/to-sql.ts';
import { toSql } from '../query/to-sql.ts';
import type { Db } from './database.ts';
import type { Search } from './search.ts';
import type { Stretch } from './order.ts';
import { boundsOf, columnsOf, directed, foundOf, withOf, type Span, type Found } from './page-sql.ts';

/** Answers which of some rows pass, at most `limit` of them, in order. */
export type RowSort = (ids: readonly number[], limit: number) => Found[];

/** Sorts rows that are known by number, for as many questions as there are. */
export function sortNumbered(
  db: Db,
  search: Search,
  stretch: Stretch,
  span: Span,
  filter: SqlCondition,
): RowSort {
  const { kind } = search;
  const sort = prepareSort(db, search, stretch, span, {
    leading: 'json_each(@ids) AS few CROSS JOIN',
    rows: stretch.loose,
    filter: { ...filter, sql: `${kind.alias}.id = few.value AND ${kind.only} AND ${filter.sql}` },
  });
  return (ids, limit) => sort({ ids: JSON.stringify(ids), limit });
}

/** Looks at every row, in the order of the table, and sorts what passes: what remains where no index knows. */
export function sortAll(db: Db, search: Search, stretch: Stretch, span: Span, limit: number): Found[] {
  const { kind, query, nowMs } = search;
  const filter = toSql(query, nowMs);
  const sort = prepareSort(db, search, stretch, span, {
    leading: '',
    rows: stretch.loose,
    filter: { ...filter, sql: `${kind.only} AND ${filter.sql}` },
  });
  return sort({ limit });
}

/** The `+` keeps SQLite from starting with the order. */
function prepareSort(
  db: Db,
  { kind, isDescending, nowMs }: Search,
  stretch: Stretch,
  span: Span,
  {
    leading,
    rows,
    filter,
  }: { readonly leading: string; readonly rows: string; readonly filter: SqlCondition },
): (values: Readonly<Record<string, SqlValue>>) => Found[] {
  const keys = stretch.keys.map((key) => `+${key}`);
  const bounds = boundsOf(kind, keys, span, isDescending);
  const statement = db
    .prepare<[SqlCondition['values']], readonly SqlValue[]>(
      `${withOf(kind)} SELECT ${columnsOf(kind, stretch)} FROM ${leading} ${rows} ${kind.join ?? ''}
       WHERE +${stretch.condition} AND ${filter.sql} ${bounds.sql}
       ORDER BY ${directed([...keys, `+${kind.alias}.id`], isDescending)} LIMIT @limit`,
    )
    .raw();
  return (values) =>
    statement.all({ now: nowMs, ...filter.values, ...bounds.values, ...values }).map(foundOf);
}
