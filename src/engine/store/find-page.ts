import type { CheckedQuery } from '../query/check.ts';
import type { Sort } from '../query/field.ts';
import { toSql, type LookUpPlan, type SqlCondition, type SqlValue } from '../query/to-sql.ts';
import type { Position } from './cursor.ts';
import type { Db } from './database.ts';
import { conjuncts, splitByOrder } from './filter.ts';
import { stretches, type Listed, type Stretch } from './order.ts';

/** Rows of one kind in a list. */
export type Kind = Listed & {
  /** What makes a row of the table one of this kind; `1` when all are. */
  readonly only: string;
  /** How many times as dear it is to ask a row of this kind as a session: most questions about a user go through theirs. */
  readonly cost: number;
  /** Common table expressions that every statement on these rows begins with, and how they are joined to a row. */
  readonly joined?: { readonly with: string; readonly join: string };
};

/** What is asked of rows of one kind. */
export type Search = {
  readonly kind: Kind;
  readonly query: CheckedQuery;
  readonly sort: Sort;
  readonly isDescending: boolean;
  readonly nowMs: number;
  readonly effort: Effort;
  /** How look-ups are made; kept for the whole page. */
  readonly plan: LookUpPlan;
  /** The numbers of all rows that pass the filter, or null when they are too many; found once for the whole page. */
  readonly few: () => readonly number[] | null;
};

export function createSearch(db: Db, asked: Omit<Search, 'few'>): Search {
  let few: readonly number[] | null | undefined;
  return { ...asked, few: () => (few === undefined ? (few = fewMatches(db, asked)) : few) };
}

/** Where a search goes on: strictly behind a position, or from it on (rows of a later kind with the same keys). */
export type After = Pick<Position, 'keys'> & { readonly id: number | null; readonly isIncluded: boolean };

/** A row's number and the values it is ordered by. */
export type Found = { readonly id: number; readonly keys: readonly SqlValue[] };

/** Where one way of answering gives way to another; the answer is the same. */
export type Effort = {
  /**
   * A filter that this many rows pass or fewer is answered by collecting them all and sorting; one that more pass, by
   * walking along the order until the page is full.
   */
  readonly collected: number;
  /**
   * Rows walked before a page that is still not full is collected after all: a filter and an order may be at odds, so
   * that what passes is all at the far end.
   */
  readonly walked: number;
  /** Up to this many rows looked up are found once and named; beyond, each listed row is asked. */
  readonly named: number;
};

/** Found by trying on a million sessions; what came of it is in docs/benchmarks.md (`lists`). */
export const usualEffort: Effort = { collected: 6_000, walked: 25_000, named: 10_000 };

/**
 * Up to `limit` rows of one stretch of an order. Both ways of answering start from an index, and which of them is short is
 * found out by counting no further than is needed; a filter without an index still looks at every row.
 */
export function findRows(
  db: Db,
  search: Search,
  number: number,
  after: After | null,
  limit: number,
): Found[] {
  const stretch = stretches(search.kind, search.sort)[number];
  if (stretch === undefined) throw new RangeError(`there is no stretch ${number}`);
  if (conjuncts(search.query).length === 0) {
    if (stretch.led === null) return collect(db, search, stretch, after, limit);
    return walk(db, search, stretch, after, limit, Infinity) ?? [];
  }
  const few = search.few();
  if (few !== null) return sortFew(db, search, stretch, after, limit, few);
  return (
    walk(db, search, stretch, after, limit, search.effort.walked * search.kind.cost) ??
    collect(db, search, stretch, after, limit)
  );
}

/** The numbers of all rows that pass the filter; null when they are more than are worth collecting. */
function fewMatches(db: Db, search: Omit<Search, 'few'>): readonly number[] | null {
  const { kind, effort } = search;
  const most = Math.ceil(effort.collected / kind.cost);
  const filter = conditionOf(search, search.query, search.plan);
  const ids = db
    .prepare<[SqlCondition['values']], number>(
      `${withOf(kind)} SELECT ${kind.alias}.id FROM ${rowsOf(kind)} WHERE ${kind.only} AND ${filter.sql}
       LIMIT ${most + 1}`,
    )
    .pluck()
    .all(filter.values);
  return ids.length > most ? null : ids;
}

/** Sorts rows that are known by number. */
function sortFew(
  db: Db,
  search: Search,
  stretch: Stretch,
  after: After | null,
  limit: number,
  ids: readonly number[],
): Found[] {
  const { alias } = search.kind;
  const condition = { sql: `${alias}.id = few.value`, values: { ids: JSON.stringify(ids) } };
  return sorted(db, search, stretch, after, limit, 'json_each(@ids) AS few CROSS JOIN', condition);
}

/** Finds what passes by the filter's own indexes and sorts it. */
function collect(db: Db, search: Search, stretch: Stretch, after: After | null, limit: number): Found[] {
  const filter = conditionOf(search, search.query, search.plan);
  const condition = { ...filter, sql: `${search.kind.only} AND ${filter.sql}` };
  return sorted(db, search, stretch, after, limit, '', condition);
}

/** The `+` keeps SQLite from starting with the order. */
function sorted(
  db: Db,
  { kind, isDescending, nowMs }: Search,
  stretch: Stretch,
  after: After | null,
  limit: number,
  leading: string,
  condition: SqlCondition,
): Found[] {
  const keys = stretch.keys.map((key) => `+${key}`);
  const order = [...keys, `+${kind.alias}.id`];
  const bounds = boundsOf(kind, keys, after, isDescending);
  const sql = `${withOf(kind)} SELECT ${columnsOf(kind, stretch)} FROM ${leading} ${stretch.loose} ${kind.joined?.join ?? ''}
    WHERE +${stretch.condition} AND ${condition.sql} ${bounds.sql}
    ORDER BY ${directed(order, isDescending)} LIMIT @limit`;
  return db
    .prepare<[SqlCondition['values']], readonly SqlValue[]>(sql)
    .raw()
    .all({ now: nowMs, ...condition.values, ...bounds.values, limit })
    .map(foundOf);
}

/** Goes along the order and keeps what passes; null when the page was not full after `budget` rows. */
function walk(
  db: Db,
  search: Search,
  stretch: Stretch,
  after: After | null,
  limit: number,
  budget: number,
): Found[] | null {
  const { kind, sort, isDescending } = search;
  const { leading, others } = splitByOrder(conjuncts(search.query), sort, stretch);
  const { plan } = search;
  const filter = conditionOf(search, { kind: 'and', parts: others }, plan);
  const start = conditionOf(search, { kind: 'and', parts: leading }, plan, Object.keys(filter.values).length);
  const bounds = boundsOf(kind, stretch.keys, after, isDescending);
  const inOrder = (columns: string, from: string) => `SELECT ${columns}
    FROM ${from} ${kind.joined?.join ?? ''}
    WHERE ${stretch.condition} AND ${kind.only} AND ${start.sql} ${bounds.sql}
    ORDER BY ${directed([...stretch.keys, ...stretch.constant, `${kind.alias}.id`], isDescending)}`;
  const passes = `(${filter.sql}) IS TRUE AS passes`;
  const columns = columnsOf(kind, stretch);
  // Without an index all rows are sorted by number first, so that the filter is asked only of those the page needs.
  const sql =
    stretch.led === null
      ? `SELECT ${passes}, ordered.* FROM (${inOrder(columns, stretch.loose)} LIMIT -1)
         AS ordered CROSS JOIN ${kind.table} AS ${kind.alias} ON ${kind.alias}.id = ordered.id ${kind.joined?.join ?? ''}`
      : inOrder(`${passes}, ${columns}`, stretch.led);
  const rows = db
    .prepare<[SqlCondition['values']], readonly SqlValue[]>(`${withOf(kind)} ${sql}`)
    .raw()
    .iterate({ ...filter.values, ...start.values, ...bounds.values });
  const found: Found[] = [];
  let walked = 0;
  for (const [passes, ...row] of rows) {
    walked += 1;
    if (passes === 1) found.push(foundOf(row));
    if (found.length === limit) return found;
    if (walked >= budget) return null;
  }
  return found;
}

function conditionOf(
  { nowMs }: Pick<Search, 'nowMs'>,
  query: CheckedQuery,
  plan: LookUpPlan,
  firstParameter = 0,
): SqlCondition {
  const isEmpty = query.kind === 'and' && query.parts.length === 0;
  return toSql(isEmpty ? { kind: 'all' } : query, nowMs, plan, firstParameter);
}

/**
 * The rows behind a position. The second comparison says less than the first, but of one column: that is what an index
 * can start from.
 */
function boundsOf(
  { alias }: Kind,
  keys: readonly string[],
  after: After | null,
  isDescending: boolean,
): SqlCondition {
  if (after === null) return { sql: '', values: {} };
  const values: Record<string, SqlValue> = {};
  after.keys.forEach((value, index) => (values[`after${index}`] = value));
  const columns = [...keys];
  const bound = keys.map((_, index) => `@after${index}`);
  if (after.id !== null) {
    columns.push(`${alias}.id`);
    bound.push('@afterId');
    values.afterId = after.id;
  }
  const beyond = `${isDescending ? '<' : '>'}${after.isIncluded ? '=' : ''}`;
  if (columns.length === 0) return { sql: after.isIncluded ? '' : 'AND 0', values };
  const [first] = keys;
  const hint = first === undefined ? '' : `AND ${first} ${isDescending ? '<=' : '>='} @after0`;
  return { sql: `AND (${columns.join(', ')}) ${beyond} (${bound.join(', ')}) ${hint}`, values };
}

function withOf({ joined }: Kind): string {
  return joined === undefined ? '' : `WITH ${joined.with}`;
}

/** The rows of a kind with what is joined to each. */
export function rowsOf({ table, alias, joined }: Kind): string {
  return `${table} AS ${alias} ${joined?.join ?? ''}`;
}

function columnsOf({ alias }: Kind, { keys }: Stretch): string {
  return [`${alias}.id`, ...keys].join(', ');
}

function directed(columns: readonly string[], isDescending: boolean): string {
  return columns.map((column) => `${column} ${isDescending ? 'DESC' : 'ASC'}`).join(', ');
}

function foundOf([id, ...keys]: readonly SqlValue[]): Found {
  return { id: Number(id), keys };
}
