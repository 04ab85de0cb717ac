import type { ListName } from '../../contract/system.ts';
import { check, type CheckedQuery } from '../query/check.ts';
import type { Field, Sort } from '../query/field.ts';
import { fieldsOf } from '../query/fields.ts';
import { parse } from '../query/parse.ts';
import { toSql, type LookUpPlan, type SqlCondition } from '../query/to-sql.ts';
import type { Db } from './database.ts';
import type { Stretch } from './order.ts';

/** A query text as a condition on the list's rows, for statements that look at every row that matches. */
export function filterOf(list: ListName, query: string, nowMs: number): SqlCondition {
  return toSql(check(parse(query), fieldsOf(list), nowMs), nowMs);
}

/**
 * Plans look-ups for statements that stop early: what up to `few` rows of a dictionary satisfy is looked up right away,
 * so that an index on the listed rows finds those that refer to them; anything else is asked row by row. Each look-up is
 * made once, however many statements a page takes; so a plan is for one page.
 */
export function fewFirst(db: Db, few: number): LookUpPlan {
  const known = new Map<string, string | null>();
  return ({ select, within, each }, { set, single }, bind, values) => {
    const sql = `SELECT DISTINCT * FROM (${select(set)}) LIMIT ${few + 1}`;
    const question = `${sql} ${JSON.stringify(values)}`;
    let named = known.get(question);
    if (named === undefined) {
      const ids = db.prepare<[typeof values], number>(sql).pluck().all(values);
      named = ids.length > few ? null : JSON.stringify(ids);
      known.set(question, named);
    }
    return named === null ? each(single) : within(`SELECT value FROM json_each(${bind(named)})`);
  };
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
        const sql = renamed(column.sql, alias);
        const bytes =
          column.bytes === undefined
            ? {}
            : { bytes: { ...column.bytes, sql: renamed(column.bytes.sql, alias) } };
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

function renamed(sql: string, alias: string): string {
  return sql.replace(/^d\./, `${alias}.`);
}
