import type { ListPage, ListRequest } from '../../contract/list.ts';
import type { ListName } from '../../contract/system.ts';
import { EngineError } from '../errors.ts';
import { check } from '../query/check.ts';
import type { Sort } from '../query/field.ts';
import { fieldsOf, findField } from '../query/fields.ts';
import { nearest } from '../query/nearest.ts';
import { parse } from '../query/parse.ts';
import { toSql, type SqlCondition, type SqlValue } from '../query/to-sql.ts';
import { readCursor, writeCursor, type Position } from './cursor.ts';
import type { Db } from './database.ts';

/** What a list is made of. */
export type ListSource<T> = {
  readonly name: ListName;
  /** Table and alias: `session AS s`. */
  readonly from: string;
  /** The row number: `s.id`. */
  readonly id: string;
  /** The order when none is asked for; a sortable field, `-` for descending. */
  readonly defaultSort: string;
  /** Whole rows by number, in any order. */
  readonly load: (db: Db, ids: readonly number[], nowMs: number) => ReadonlyMap<number, T>;
};

type Order = { readonly text: string; readonly sort: Sort; readonly isDescending: boolean };
type Found = { readonly id: number; readonly value: SqlValue; readonly entry: number };

/**
 * One page by keyset: the ids in order from an index, then whole rows for just those. Rows that appear meanwhile shift
 * nothing. Throws EngineError `invalid-input` for a wrong query, sort or cursor.
 */
export function listPage<T>(db: Db, source: ListSource<T>, request: ListRequest, nowMs: number): ListPage<T> {
  const filter = filterOf(source.name, request.query, nowMs);
  const order = orderOf(source, request.sort ?? source.defaultSort);
  const after = request.cursor === null ? null : readCursor(source.name, order.text, request.cursor);
  const found = findPage(db, source, filter, order, after, request.limit + 1);
  const page = found.slice(0, request.limit);
  const last = page.at(-1);
  const loaded = source.load(
    db,
    page.map(({ id }) => id),
    nowMs,
  );
  return {
    rows: page.map(({ id }) => loaded.get(id)).filter((row) => row !== undefined),
    total: request.total === false ? null : count(db, source, filter),
    next:
      found.length > page.length && last !== undefined
        ? writeCursor(source.name, order.text, positionOf(last))
        : null,
  };
}

/** A query text as a condition on the list's rows. */
export function filterOf(list: ListName, query: string, nowMs: number): SqlCondition {
  return toSql(check(parse(query), fieldsOf(list), nowMs), nowMs);
}

/** How many rows match, exactly. */
export function countList(db: Db, source: ListSource<unknown>, query: string, nowMs: number): number {
  return count(db, source, filterOf(source.name, query, nowMs));
}

function count(db: Db, { from }: ListSource<unknown>, filter: SqlCondition): number {
  const sql = `SELECT count(*) AS total FROM ${from} WHERE ${filter.sql}`;
  return db.prepare<[typeof filter.values], { total: number }>(sql).get(filter.values)?.total ?? 0;
}

function orderOf(source: ListSource<unknown>, text: string): Order {
  const isDescending = text.startsWith('-');
  const name = isDescending ? text.slice(1) : text;
  const fields = fieldsOf(source.name);
  const field = findField(fields, name);
  if (field?.sort == null) {
    const sortable = fields.filter(({ sort }) => sort !== null);
    const close = nearest(
      name,
      sortable.flatMap((each) => [each.name, ...each.shortNames]),
    );
    const hint =
      close.length > 0
        ? `Did you mean ${close.join(' or ')}?`
        : `Possible are ${sortable.map((each) => each.name).join(', ')}.`;
    throw new EngineError('invalid-input', `The list cannot be sorted by "${name}". ${hint}`, {
      field: 'sort',
    });
  }
  return { text: `${isDescending ? '-' : ''}${field.name}`, sort: field.sort, isDescending };
}

/** Known values in order, then the rows without one: unknowns are last in both directions. */
function findPage(
  db: Db,
  source: ListSource<unknown>,
  filter: SqlCondition,
  order: Order,
  after: Position | null,
  limit: number,
): readonly Found[] {
  const known = after?.part === 'unknown' ? [] : findKnown(db, source, filter, order, after, limit);
  if (known.length >= limit) return known;
  const unknownAfter = after?.part === 'unknown' ? after.id : null;
  return [...known, ...findUnknown(db, source, filter, order, unknownAfter, limit - known.length)];
}

function findKnown(
  db: Db,
  { from, id }: ListSource<unknown>,
  filter: SqlCondition,
  { sort, isDescending }: Order,
  after: Extract<Position, { part: 'known' }> | null,
  limit: number,
): readonly Found[] {
  const isDictionary = sort.kind === 'dictionary';
  const value = isDictionary ? `entry.${sort.column}` : sort.sql;
  const entry = isDictionary ? 'entry.id' : '0';
  const join = isDictionary ? `JOIN ${sort.table} AS entry ON entry.id = ${sort.key}` : '';
  const keys = isDictionary ? [value, entry, id] : [value, id];
  const bound = isDictionary ? '@afterValue, @afterEntry, @afterId' : '@afterValue, @afterId';
  const direction = isDescending ? 'DESC' : 'ASC';
  const comparison = isDescending ? '<' : '>';
  // The second comparison says less than the first, but of one column: that is what an index can start from.
  const keyset =
    after === null
      ? ''
      : `AND (${keys.join(', ')}) ${comparison} (${bound}) AND ${value} ${comparison}= @afterValue`;
  const sql = `SELECT ${id} AS id, ${value} AS value, ${entry} AS entry FROM ${from} ${join}
    WHERE ${value} IS NOT NULL AND ${filter.sql} ${keyset}
    ORDER BY ${keys.map((key) => `${key} ${direction}`).join(', ')} LIMIT @limit`;
  const values =
    after === null ? {} : { afterValue: bindable(after.value), afterEntry: after.entry, afterId: after.id };
  return db.prepare<[Record<string, SqlValue>], Found>(sql).all({ ...filter.values, ...values, limit });
}

function findUnknown(
  db: Db,
  { from, id }: ListSource<unknown>,
  filter: SqlCondition,
  { sort }: Order,
  afterId: number | null,
  limit: number,
): readonly Found[] {
  const unknown =
    sort.kind === 'column'
      ? `${sort.sql} IS NULL`
      : `(${sort.key} IS NULL OR ${sort.key} IN (SELECT id FROM ${sort.table} WHERE ${sort.column} IS NULL))`;
  const sql = `SELECT ${id} AS id, NULL AS value, 0 AS entry FROM ${from}
    WHERE ${unknown} AND ${filter.sql} AND ${id} > @afterId ORDER BY ${id} LIMIT @limit`;
  return db
    .prepare<[Record<string, SqlValue>], Found>(sql)
    .all({ ...filter.values, afterId: afterId ?? 0, limit });
}

function positionOf({ id, value, entry }: Found): Position {
  if (value === null) return { part: 'unknown', id };
  return {
    part: 'known',
    value: Buffer.isBuffer(value) ? { blob: value.toString('base64') } : value,
    entry,
    id,
  };
}

function bindable(value: Extract<Position, { part: 'known' }>['value']): SqlValue {
  return typeof value === 'object' ? Buffer.from(value.blob, 'base64') : value;
}
