import type { SqlCondition, SqlValue } from '../query/to-sql.ts';
import type { Db } from './database.ts';
import { conjuncts, splitByOrder } from './filter.ts';
import type { Stretch } from './order.ts';
import {
  behindRow,
  boundsOf,
  columnsOf,
  directed,
  everywhere,
  foundOf,
  termsToSql,
  type Span,
} from './page-sql.ts';
import type { Search } from './search.ts';

export type Helping = { readonly ids: readonly number[]; readonly isLast: boolean };

const HELPING_GROWTH = 2;

/**
 * Numbers of rows along an order, by its index alone, in growing helpings: most pages need few, and some need all.
 *
 * @param first how many at first
 */
export function* alongOrder(
  db: Db,
  search: Search,
  stretch: Stretch,
  span: Span,
  first: number,
): Generator<Helping> {
  const next =
    stretch.entry === null ? rowByRow(db, search, stretch, span) : entryByEntry(db, search, stretch, span);
  for (let count = first; ; count *= HELPING_GROWTH) {
    const ids = next(count);
    const isLast = ids.length < count;
    yield { ids, isLast };
    if (isLast) return;
  }
}

/** The next numbers of an order, each time as many as asked for, or as there are. */
type Next = (count: number) => readonly number[];

/** From the beginning, past those before: to step over a row of an index costs next to nothing. */
function rowByRow(db: Db, search: Search, stretch: Stretch, span: Span): Next {
  const numbers = numbersOf(db, search, stretch, orderedFrom(search, stretch, span));
  let skipped = 0;
  return (count) => {
    const ids = numbers(count, skipped);
    skipped += count;
    return ids;
  };
}

/**
 * Behind the last row: what is left of its entry, and then the entries behind that. Each entry is a place of its own in the index of
 * the listed rows, which is dear to go to again.
 */
function entryByEntry(db: Db, search: Search, stretch: Stretch, span: Span): Next {
  let last: number | undefined;
  const behindLast = (id: number) =>
    behindRow(search, stretch, positionOf(db, search, stretch, id)).map((behind) =>
      orderedFrom(search, stretch, { ...span, after: null }, behind),
    );
  return (count) => {
    const parts = last === undefined ? [orderedFrom(search, stretch, span)] : behindLast(last);
    let ids: readonly number[] = [];
    for (const part of parts) {
      if (ids.length < count) ids = [...ids, ...numbersOf(db, search, stretch, part)(count - ids.length)];
    }
    last = ids.at(-1);
    return ids;
  };
}

function numbersOf(
  db: Db,
  { kind }: Search,
  { led }: Stretch,
  { sql, values }: SqlCondition,
): (count: number, skipped?: number) => readonly number[] {
  const numbers = db
    .prepare<[SqlCondition['values']], number>(
      `SELECT ${kind.alias}.id FROM ${led} WHERE ${sql} LIMIT @count OFFSET @skipped`,
    )
    .pluck();
  return (count, skipped = 0) => numbers.all({ ...values, count, skipped });
}

function positionOf(db: Db, { kind }: Search, stretch: Stretch, id: number) {
  const row = db
    .prepare<[number], readonly SqlValue[]>(
      `SELECT ${columnsOf(kind, stretch)} FROM ${stretch.loose} WHERE ${kind.alias}.id = ?`,
    )
    .raw()
    .get(id);
  if (row === undefined) throw new Error(`row ${id} is gone while it is read`);
  return foundOf(row);
}

/**
 * The condition and the order of a stretch, with all that its own index can tell; `others` is what it can't.
 *
 * @param behind what is asked for beside the span
 */
export function orderedFrom(search: Search, stretch: Stretch, span: Span, behind: SqlCondition = everywhere) {
  const { kind, query, sort, isDescending, nowMs, plan } = search;
  const { leading, others } = splitByOrder(conjuncts(query), sort, stretch);
  // Apart from the parameters of the filter, which may have one for each term and more.
  const start = termsToSql(leading, nowMs, plan, 10_000);
  const bounds = boundsOf(kind, stretch.keys, span, isDescending);
  return {
    others,
    values: { ...start.values, ...bounds.values, ...behind.values },
    sql: `${stretch.condition} AND ${start.sql} ${bounds.sql} ${behind.sql}
      ORDER BY ${directed([...stretch.keys, ...stretch.constant, `${kind.alias}.id`], isDescending)}`,
  };
}
