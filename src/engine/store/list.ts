import type { ListPage, ListRequest } from '../../contract/list.ts';
import type { ListName } from '../../contract/system.ts';
import { check } from '../query/check.ts';
import type { Field, Sort } from '../query/field.ts';
import { findField } from '../query/fields.ts';
import { parse } from '../query/parse.ts';
import type { Query } from '../query/query.ts';
import { toSql, type SqlCondition, type SqlValue } from '../query/to-sql.ts';
import { readCursor, writeCursor, type Position } from './cursor.ts';
import type { Db } from './database.ts';
import { findRows } from './find-page.ts';
import { createSearch, usualEffort, type Effort, type Search } from './search.ts';
import { orderOf, stretches, type Order } from './order.ts';
import { createPageMemory, type PageMemory } from './page-memory.ts';
import { rowsOf, withOf, type After, type Found, type Kind } from './page-sql.ts';

/** Rows of a list that are stored in one table: most lists have one kind, events follow from sessions too. */
export type ListedKind = Kind & { readonly fields: readonly Field[] };

/** What a list is made of. */
export type ListSource<T> = {
  readonly name: ListName;
  readonly kinds: readonly ListedKind[];
  /** The order when none is asked for; a sortable field, `-` for descending. */
  readonly defaultSort: string;
  /** Whole rows of one kind by number, in any order. */
  readonly load: (db: Db, kind: number, ids: readonly number[], nowMs: number) => ReadonlyMap<number, T>;
};

/** What a page is made with. */
export type PageMeans = {
  /** What is known already; nothing when left out. */
  readonly memory?: PageMemory;
  readonly effort?: Effort;
};

/**
 * One page by keyset: the numbers in order from an index, then whole rows for just those. Rows that appear meanwhile
 * shift nothing. Throws EngineError `invalid-input` for a wrong query, sort or cursor.
 */
export function listPage<T>(
  db: Db,
  source: ListSource<T>,
  request: ListRequest,
  nowMs: number,
  { memory = createPageMemory(), effort = usualEffort }: PageMeans = {},
): ListPage<T> {
  const query = parse(request.query);
  const order = orderOf(source.name, request.sort ?? source.defaultSort);
  const after = request.cursor === null ? null : readCursor(source.name, order.text, request.cursor);
  const found = findPage(db, source, query, order, after, request.limit + 1, nowMs, { memory, effort });
  const page = found.slice(0, request.limit);
  const last = page.at(-1);
  return {
    rows: loadAll(db, source, page, nowMs),
    total: request.total === false ? null : count(db, source, query, nowMs),
    next:
      found.length > page.length && last !== undefined ? writeCursor(source.name, order.text, last) : null,
  };
}

/** How many rows match, exactly. Throws EngineError `invalid-input` for a wrong query. */
export function countList(db: Db, source: ListSource<unknown>, query: string, nowMs: number): number {
  return count(db, source, parse(query), nowMs);
}

function count(db: Db, source: ListSource<unknown>, query: Query, nowMs: number): number {
  const totals = source.kinds.map((kind) => {
    const filter = toSql(check(query, kind.fields, nowMs), nowMs);
    return db
      .prepare<[SqlCondition['values']], { total: number }>(
        `${withOf(kind)} SELECT count(*) AS total FROM ${rowsOf(kind)} WHERE ${kind.only} AND ${filter.sql}`,
      )
      .get(filter.values)?.total;
  });
  return totals.reduce<number>((sum, total) => sum + (total ?? 0), 0);
}

/** Stretch after stretch until the page is full; within one, the kinds' rows are merged. */
function findPage(
  db: Db,
  source: ListSource<unknown>,
  query: Query,
  order: Order,
  after: Position | null,
  limit: number,
  nowMs: number,
  { memory, effort }: Required<PageMeans>,
): readonly Position[] {
  const searches = source.kinds.map((kind): Search =>
    createSearch(db, {
      kind,
      query: check(query, kind.fields, nowMs),
      sort: sortOf(kind, order),
      isDescending: order.isDescending,
      nowMs,
      effort,
      memory,
    }),
  );
  const found: Position[] = [];
  for (let stretch = after?.stretch ?? 0; found.length < limit; stretch += 1) {
    const parts = searches.flatMap((search, kind) =>
      stretch < stretches(search.kind, search.sort).length ? [{ search, kind }] : [],
    );
    if (parts.length === 0) break;
    found.push(...findStretch(db, parts, stretch, after, limit - found.length));
  }
  return found;
}

/** One kind after the other: once rows fill the page, later kinds are asked only for rows that come before the last of them. */
function findStretch(
  db: Db,
  parts: readonly { readonly search: Search; readonly kind: number }[],
  stretch: number,
  after: Position | null,
  limit: number,
): readonly Position[] {
  let found: readonly Position[] = [];
  for (const { search, kind } of parts) {
    const from = after !== null && after.stretch === stretch ? afterIn(after, kind) : null;
    if (from === 'nothing') continue;
    const until = found.length < limit ? null : (found.at(-1)?.keys ?? null);
    const rows = findRows(db, search, stretch, { after: from, until }, limit);
    found = merged(
      found,
      rows.map((row) => ({ ...row, stretch, kind })),
      search.isDescending,
    ).slice(0, limit);
  }
  return found;
}

/** Rows with the same keys come kind by kind: an earlier kind is done with them, a later one has them still to come. */
function afterIn({ keys, kind: reached, id }: Position, kind: number): After | 'nothing' {
  if (kind === reached) return { keys, id, isIncluded: false };
  if (kind < reached && keys.length === 0) return 'nothing';
  return { keys, id: null, isIncluded: kind > reached };
}

function merged(
  found: readonly Position[],
  others: readonly Position[],
  isDescending: boolean,
): readonly Position[] {
  if (found.length === 0 || others.length === 0) return [...found, ...others];
  const sign = isDescending ? -1 : 1;
  return [...found, ...others].sort(
    (a, b) => sign * compareKeys(a, b) || a.kind - b.kind || sign * (a.id - b.id),
  );
}

function compareKeys(a: Found, b: Found): number {
  for (const [index, value] of a.keys.entries()) {
    const difference = compareValues(value, b.keys[index] ?? null);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** As SQLite orders values of one type: texts by their bytes. */
function compareValues(a: SqlValue, b: SqlValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(bytesOf(a), bytesOf(b));
}

function bytesOf(value: SqlValue): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value));
}

function sortOf({ fields }: ListedKind, { field }: Order): Sort {
  const sort = findField(fields, field)?.sort;
  if (sort == null) throw new TypeError(`a kind of row has no order by ${field}`);
  return sort;
}

function loadAll<T>(db: Db, source: ListSource<T>, page: readonly Position[], nowMs: number): T[] {
  const rows = source.kinds.map((_, kind) => {
    const ids = page.filter((row) => row.kind === kind).map(({ id }) => id);
    return ids.length === 0 ? new Map<number, T>() : source.load(db, kind, ids, nowMs);
  });
  return page.map(({ kind, id }) => rows[kind]?.get(id)).filter((row) => row !== undefined);
}
