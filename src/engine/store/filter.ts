import type { ListName } from '../../contract/system.ts';
import { check, type CheckedQuery } from '../query/check.ts';
import type { Field, LookUp, Sort } from '../query/field.ts';
import { fieldsOf } from '../query/fields.ts';
import { parse } from '../query/parse.ts';
import { asSet, toSql, type LookUpPlan, type SqlCondition, type SqlValue } from '../query/to-sql.ts';
import type { Db } from './database.ts';
import type { Stretch } from './order.ts';
import { spelledOut, type PageMemory } from './page-memory.ts';
import { ALL_ROWS } from './row-set.ts';

/** A query text as a condition on the list's rows, for statements that look at every row that matches. */
export function filterOf(list: ListName, query: string, nowMs: number): SqlCondition {
  return toSql(check(parse(query), fieldsOf(list), nowMs), nowMs);
}

/** The numbers of the rows that satisfy a look-up, as JSON; null when they are more than are worth naming. */
export type Naming = (
  lookUp: LookUp,
  condition: string,
  values: Readonly<Record<string, SqlValue>>,
) => string | null;

/** Makes each look-up once, however many statements a page takes. */
export function createNaming(
  db: Db,
  memory: PageMemory,
  most: { readonly entries: number; readonly related: number },
): Naming {
  const few = (select: string, values: Readonly<Record<string, SqlValue>>, limit: number): string | null =>
    memory(`names: ${limit} ${spelledOut(select, values)}`, () => {
      const ids = db
        .prepare<[typeof values], number>(`${select} LIMIT ${limit + 1}`)
        .pluck()
        .all(values);
      return ids.length > limit ? null : JSON.stringify(ids);
    });
  return ({ select, relation }, condition, values) => {
    const distinct = (where: string) => `SELECT DISTINCT * FROM (${select(where)})`;
    if (relation === undefined) return few(distinct(condition), values, most.entries);
    // Many related rows may be those of few listed ones: counting the former ends early, and by an index alone.
    const { table, alias } = relation;
    const related = few(
      `SELECT ${alias}.id FROM ${table} AS ${alias} WHERE ${condition}`,
      values,
      most.related,
    );
    if (related === null) return null;
    const named = `${alias}.id IN (SELECT value FROM json_each(@related))`;
    return few(distinct(named), { related, now: values.now ?? null }, ALL_ROWS);
  };
}

/**
 * Plans look-ups for statements that stop early: what few rows of a dictionary satisfy is looked up right away, so that
 * an index on the listed rows finds those that refer to them; anything else is asked row by row.
 */
export function fewFirst(naming: Naming): LookUpPlan {
  return (lookUp, { set, single }, bind, values) => {
    const isNameable = set !== null && lookUp.selectsRows !== true;
    const named = isNameable ? naming(lookUp, set, values) : null;
    return named === null ? { set: null, single: lookUp.each(single) } : asSet(within(lookUp, bind(named)));
  };
}

/** A plan of look-ups for a statement that indexes are to answer alone, and what became of it. */
export type IndexPlan = {
  readonly plan: LookUpPlan;
  /** Whether an index finds the rows: not where a look-up has more entries than can be named. */
  readonly isNamed: () => boolean;
  /** A SELECT of the rows that the last look-up answers with, where it does. */
  readonly rows: () => string | null;
};

export function namedOnly(naming: Naming): IndexPlan {
  let isNamed = true;
  let rows: string | null = null;
  const plan: LookUpPlan = (lookUp, { set, single }, bind, values) => {
    rows = lookUp.selectsRows === true ? lookUp.select(set ?? single) : null;
    if (rows !== null) return asSet(lookUp.within(rows));
    const named = isNamed && set !== null ? naming(lookUp, set, values) : null;
    isNamed = named !== null;
    return asSet(named === null ? '0' : within(lookUp, bind(named)));
  };
  return { plan, isNamed: () => isNamed, rows: () => rows };
}

function within(lookUp: LookUp, named: string): string {
  return lookUp.within(`SELECT value FROM json_each(${named})`);
}

/** The terms of a query that all have to hold. */
export function conjuncts(query: CheckedQuery): readonly CheckedQuery[] {
  switch (query.kind) {
    case 'all':
      return [];
    case 'and':
      return query.parts.flatMap(conjuncts);
    case 'or':
    case 'not':
    case 'match':
      return [query];
  }
}

/**
 * Splits off the terms about what the rows are ordered by: said of the index that leads, they are never walked past.
 * They come back as terms on the leading row itself.
 */
export function splitByOrder(
  terms: readonly CheckedQuery[],
  sort: Sort,
  { entry, keys }: Stretch,
): { readonly leading: readonly CheckedQuery[]; readonly others: readonly CheckedQuery[] } {
  const leading: CheckedQuery[] = [];
  const others: CheckedQuery[] = [];
  for (const term of terms) {
    const led = term.kind === 'match' ? onLeadingRow(term.fields, sort, entry, keys) : null;
    if (led === null || term.kind !== 'match') others.push(term);
    else leading.push({ ...term, fields: led });
  }
  return { leading, others };
}

/** The fields as columns of the leading row; null when one of them is elsewhere. */
function onLeadingRow(
  fields: readonly Field[],
  sort: Sort,
  alias: string | null,
  keys: readonly string[],
): readonly Field[] | null {
  const moved: Field[] = [];
  for (const field of fields) {
    const columns = [];
    for (const column of field.columns) {
      if (column.kind !== 'value') return null;
      const { trigrams: _unused, ...plain } = column;
      if (sort.kind === 'dictionary') {
        if (alias === null || column.dictionary !== sort.table || column.lookUps.length !== 1) return null;
        const onEntry = (own: string) => unlessOrdered(renamed(own, alias), keys);
        const sql = onEntry(column.sql);
        const bytes =
          column.bytes === undefined ? {} : { bytes: { ...column.bytes, sql: onEntry(column.bytes.sql) } };
        columns.push({ ...plain, ...bytes, sql, lookUps: [] });
      } else {
        const isLed = sort.kind === 'number' ? column.numbers !== undefined : keys.includes(column.sql);
        if (column.lookUps.length > 0 || !isLed) return null;
        columns.push(plain);
      }
    }
    moved.push({ ...field, columns });
  }
  return moved;
}

/** The `+` keeps SQLite from starting with another index of the dictionary, and sorting. */
function unlessOrdered(sql: string, keys: readonly string[]): string {
  return keys.includes(sql) ? sql : `+${sql}`;
}

function renamed(sql: string, alias: string): string {
  return sql.replace(/^d\./, `${alias}.`);
}
