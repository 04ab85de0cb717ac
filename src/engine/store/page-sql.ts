import type { CheckedQuery } from '../query/check.ts';
import { toSql, type LookUpPlan, type SqlCondition, type SqlValue } from '../query/to-sql.ts';
import type { Position } from './cursor.ts';
import type { Listed, Stretch } from './order.ts';

/** Rows of one kind in a list. */
export type Kind = Listed & {
  /** What makes a row of the table one of this kind; `1` when all are. */
  readonly only: string;
  /** How many times as dear it is to ask a row of this kind as a session: most questions about a user go through theirs. */
  readonly cost: number;
  /** Common table expressions that every statement on these rows begins with. */
  readonly with?: string;
  /** What is joined to a row. */
  readonly join?: string;
  /** A SELECT of the numbers of all rows of this kind, where they are few among those of the table. */
  readonly ids?: string;
  /** A SELECT of the numbers of rows of which an index knows that they are none of this kind. */
  readonly others?: string;
};

/** Where a search goes on: strictly behind a position, or from it on (rows of a later kind with the same keys). */
export type After = Pick<Position, 'keys'> & { readonly id: number | null; readonly isIncluded: boolean };

/** The part of a stretch that is asked for. */
export type Span = {
  /** Null: from its beginning. */
  readonly after: After | null;
  /** Rows behind these keys can't be on the page, because rows of other kinds fill it; null: to its end. */
  readonly until: readonly SqlValue[] | null;
};

/** A row's number and the values it is ordered by. */
export type Found = { readonly id: number; readonly keys: readonly SqlValue[] };

export function withOf({ with: expressions }: Kind): string {
  return expressions === undefined ? '' : `WITH ${expressions}`;
}

/** The rows of a kind with what is joined to each. */
export function rowsOf({ table, alias, join = '' }: Kind): string {
  return `${table} AS ${alias} ${join}`;
}

/** Terms as one condition that numbers its parameters from `firstParameter` on. */
export function termsToSql(
  parts: readonly CheckedQuery[],
  nowMs: number,
  plan: LookUpPlan,
  firstParameter = 0,
): SqlCondition {
  return toSql(parts.length === 0 ? { kind: 'all' } : { kind: 'and', parts }, nowMs, plan, firstParameter);
}

/** The rows of a span, as conditions that begin with AND. */
export function boundsOf(
  { alias }: Kind,
  keys: readonly string[],
  { after, until }: Span,
  isDescending: boolean,
): SqlCondition {
  const begin = after === null ? nothing : behind(alias, keys, after, isDescending ? '<' : '>');
  const [first] = keys;
  if (until === null || first === undefined) return begin;
  const bound = named('until', until);
  const end = compared(keys, isDescending ? '>=' : '<=', bound.names, first);
  return { sql: `${begin.sql} ${end}`, values: { ...begin.values, ...bound.values } };
}

const nothing: SqlCondition = { sql: '', values: {} };

function behind(
  alias: string,
  keys: readonly string[],
  { keys: reached, id, isIncluded }: After,
  direction: '<' | '>',
): SqlCondition {
  const bound = named('after', id === null ? reached : [...reached, id]);
  const columns = id === null ? keys : [...keys, `${alias}.id`];
  if (columns.length === 0) return isIncluded ? nothing : { sql: 'AND 0', values: {} };
  const sql = compared(columns, `${direction}${isIncluded ? '=' : ''}`, bound.names, keys[0]);
  return { sql, values: bound.values };
}

function named(prefix: string, values: readonly SqlValue[]) {
  const entries = values.map((value, index) => [`${prefix}${index}`, value] as const);
  return { names: entries.map(([name]) => `@${name}`), values: Object.fromEntries(entries) };
}

/** The second comparison says less than the first, but of one column: that is what an index can start from or end at. */
function compared(
  columns: readonly string[],
  operator: string,
  names: readonly string[],
  first: string | undefined,
): string {
  const hint = first === undefined ? '' : `AND ${first} ${operator.charAt(0)}= ${names[0] ?? ''}`;
  return `AND (${columns.join(', ')}) ${operator} (${names.join(', ')}) ${hint}`;
}

export function columnsOf({ alias }: Kind, { keys }: Stretch): string {
  return [`${alias}.id`, ...keys].join(', ');
}

export function directed(columns: readonly string[], isDescending: boolean): string {
  return columns.map((column) => `${column} ${isDescending ? 'DESC' : 'ASC'}`).join(', ');
}

export function foundOf([id, ...keys]: readonly SqlValue[]): Found {
  return { id: Number(id), keys };
}
