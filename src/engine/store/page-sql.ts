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
};

/** Where a search goes on: strictly behind a position, or from it on (rows of a later kind with the same keys). */
export type After = Pick<Position, 'keys'> & { readonly id: number | null; readonly isIncluded: boolean };

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

/**
 * The rows behind a position. The second comparison says less than the first, but of one column: that is what an index
 * can start from.
 */
export function boundsOf(
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

export function columnsOf({ alias }: Kind, { keys }: Stretch): string {
  return [`${alias}.id`, ...keys].join(', ');
}

export function directed(columns: readonly string[], isDescending: boolean): string {
  return columns.map((column) => `${column} ${isDescending ? 'DESC' : 'ASC'}`).join(', ');
}

export function foundOf([id, ...keys]: readonly SqlValue[]): Found {
  return { id: Number(id), keys };
}
