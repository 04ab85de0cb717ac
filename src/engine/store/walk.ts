import type { SqlCondition, SqlValue } from '../query/to-sql.ts';
import type { Candidates } from './candidates.ts';
import type { Db } from './database.ts';
import { conjuncts, splitByOrder } from './filter.ts';
import type { Stretch } from './order.ts';
import {
  boundsOf,
  columnsOf,
  directed,
  foundOf,
  termsToSql,
  withOf,
  type Span,
  type Found,
} from './page-sql.ts';
import type { Search } from './search.ts';
import { sortNumbered } from './sort-rows.ts';

/** How far an order is followed. */
export type Budget = {
  readonly rows: number;
  /** After each of as many it is given up when the page will not be full in time at this rate. */
  readonly lookedAfter: number;
};

/** Goes along the order and asks row after row; null when the page was not full within the budget. */
export function walkRows(
  db: Db,
  search: Search,
  stretch: Stretch,
  span: Span,
  limit: number,
  budget: Budget,
): Found[] | null {
  const { kind } = search;
  const { others, ...order } = orderedFrom(search, stretch, span);
  const filter = termsToSql(others, search.nowMs, search.plan);
  const rows = db
    .prepare<[SqlCondition['values']], readonly SqlValue[]>(
      `${withOf(kind)} SELECT (${kind.only} AND ${filter.sql}) IS TRUE AS passes, ${columnsOf(kind, stretch)}
       FROM ${stretch.led} ${kind.join ?? ''} WHERE ${order.sql}`,
    )
    .raw()
    .iterate({ ...filter.values, ...order.values });
  const found: Found[] = [];
  let walked = 0;
  for (const [passes, ...row] of rows) {
    walked += 1;
    if (passes === 1) found.push(foundOf(row));
    if (found.length === limit) return found;
    if (walked >= budget.rows) return null;
    if (walked % budget.lookedAfter === 0 && found.length * budget.rows < limit * walked) return null;
  }
  return found;
}

/** Rows that are looked at together, as a multiple of those that are still wanted. */
const CHECKED_AT_ONCE = 2;
/** Numbers read along the order in the time in which one row is looked at; a dictionary that leads makes them dearer. */
const NUMBERS_A_ROW = { ofRows: 6, ofEntries: 3 };

/** Asking which rows a number is related to takes this many times as long as reading it: so many fewer are asked at first. */
const ASKED_BY_RELATION = 10;
/** Rows asked in the time in which one related row is turned into those that are listed: an index or the order of its table helps. */
const ASKED_A_RELATED = 0.2;

/**
 * Goes along the order by its index alone, and looks only at rows that are candidates. Null when it has become the shorter
 * way to look at all of them, or to find out which rows related ones leave.
 */
export function walkCandidates(
  db: Db,
  search: Search,
  stretch: Stretch,
  span: Span,
  limit: number,
  candidates: readonly Candidates[],
): Found[] | null {
  const filter = termsToSql(conjuncts(search.query), search.nowMs, search.plan);
  const check = sortNumbered(db, search, stretch, span, filter);
  const among = (ids: readonly number[]) => narrowed.reduce((rest, each) => each.among(db, rest), ids);
  let narrowed = candidates;
  let isOfKind = false;
  const found: Found[] = [];
  let checked = 0;
  let read = 0;
  const asked = candidates.some(({ isListed }) => !isListed) ? ASKED_BY_RELATION : 1;
  for (const { ids, isLast } of alongOrder(db, search, stretch, span, search.effort.stride / asked)) {
    let hits = among(ids);
    while (hits.length > 0) {
      if (checked >= search.effort.checked) return null;
      const some = hits.slice(0, CHECKED_AT_ONCE * limit);
      hits = hits.slice(some.length);
      found.push(...check(some, limit - found.length));
      if (found.length === limit) return found;
      checked += some.length * search.kind.cost;
      if (!isOfKind && checked - found.length > search.effort.vain) {
        isOfKind = true;
        narrowed = narrowed.map((each) => each.withOwn(search.ofKind(each.own)));
        hits = among(hits);
      }
    }
    read += ids.length;
    if (!isLast && read > worthReading(search, narrowed, stretch)) return null;
  }
  return found;
}

/** Numbers read in the time in which all candidates are looked at, or in which the listed rows of related ones are found out. */
function worthReading({ effort }: Search, candidates: readonly Candidates[], { entry }: Stretch): number {
  const own = candidates.find(({ isListed }) => isListed)?.own;
  if (own !== undefined) return own.size * (entry === null ? NUMBERS_A_ROW.ofRows : NUMBERS_A_ROW.ofEntries);
  const related = Math.min(...candidates.map((each) => each.related));
  return related > effort.listed ? Infinity : related * ASKED_A_RELATED;
}

/** Each helping is read from the beginning, past those before it, so they grow. */
const STRIDE_GROWTH = 2;

/** Numbers in order, in growing helpings: most pages need few, and some need all. */
function* alongOrder(
  db: Db,
  search: Search,
  stretch: Stretch,
  span: Span,
  stride: number,
): Generator<{ readonly ids: readonly number[]; readonly isLast: boolean }> {
  const { kind } = search;
  const order = orderedFrom(search, stretch, span);
  const numbers = db
    .prepare<[SqlCondition['values']], number>(
      `SELECT ${kind.alias}.id FROM ${stretch.led} WHERE ${order.sql} LIMIT @count OFFSET @skipped`,
    )
    .pluck();
  let skipped = 0;
  for (let count = Math.ceil(stride / kind.cost); ; count *= STRIDE_GROWTH) {
    const ids = numbers.all({ ...order.values, count, skipped });
    const isLast = ids.length < count;
    yield { ids, isLast };
    if (isLast) return;
    skipped += count;
  }
}

/** The condition and the order of a stretch, with all that its own index can tell; `others` is what it can't. */
function orderedFrom(search: Search, stretch: Stretch, span: Span) {
  const { kind, query, sort, isDescending, nowMs, plan } = search;
  const { leading, others } = splitByOrder(conjuncts(query), sort, stretch);
  // Apart from the parameters of the filter, which may have one for each term and more.
  const start = termsToSql(leading, nowMs, plan, 10_000);
  const bounds = boundsOf(kind, stretch.keys, span, isDescending);
  return {
    others,
    values: { ...start.values, ...bounds.values },
    sql: `${stretch.condition} AND ${start.sql} ${bounds.sql}
      ORDER BY ${directed([...stretch.keys, ...stretch.constant, `${kind.alias}.id`], isDescending)}`,
  };
}
