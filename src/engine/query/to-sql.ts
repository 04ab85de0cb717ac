import type { CheckedQuery } from './check.ts';
import type { Column, ValueColumn } from './field.ts';
import type { Test } from './test.ts';

export type SqlValue = string | number | Buffer | null;

/** A condition on the listed row, and every value in it as a named parameter. */
export type SqlCondition = { readonly sql: string; readonly values: Readonly<Record<string, SqlValue>> };

/**
 * A checked query as a condition. The text consists of what `fields/` wrote and of parameter names; what was typed is
 * bound. A term that meets an unknown value is false, so `NOT` of it is true.
 */
export function toSql(query: CheckedQuery, nowMs: number): SqlCondition {
  const values: Record<string, SqlValue> = { now: nowMs };
  const bind = (value: SqlValue): string => {
    const name = `p${Object.keys(values).length}`;
    values[name] = value;
    return `@${name}`;
  };
  return { sql: conditionOf(query, bind), values };
}

type Bind = (value: SqlValue) => string;

function conditionOf(query: CheckedQuery, bind: Bind): string {
  switch (query.kind) {
    case 'all':
      return '1';
    case 'and':
      return balanced(
        'AND',
        query.parts.map((part) => conditionOf(part, bind)),
      );
    case 'or':
      return balanced(
        'OR',
        query.parts.map((part) => conditionOf(part, bind)),
      );
    case 'not':
      return `(${conditionOf(query.part, bind)}) IS NOT TRUE`;
    case 'match':
      return balanced(
        'OR',
        query.fields.flatMap(({ columns }) =>
          columns.map((column) => columnCondition(column, query.tests, bind)),
        ),
      );
  }
}

function columnCondition(column: Column, tests: readonly Test[], bind: Bind): string {
  const conditions = tests.map((test) =>
    column.kind === 'value' ? valueCondition(column, test, bind) : derivedCondition(column.conditions, test),
  );
  return column.within(balanced('OR', conditions));
}

function valueCondition(column: ValueColumn, test: Test, bind: Bind): string {
  const { sql } = column;
  switch (test.kind) {
    case 'known':
      return `${sql} IS NOT NULL`;
    case 'text':
      return textCondition(sql, test.parts, bind);
    case 'range':
      return rangeCondition(sql, test, bind);
    case 'choice':
      return `${sql} IN (${test.values.map((value) => bind(column.encode?.(value) ?? value)).join(', ')})`;
    case 'boolean':
      return test.value === null ? `${sql} IS NULL` : `${sql} = ${Number(test.value)}`;
    case 'addresses':
      return `${column.sortKey ?? sql} BETWEEN ${bind(test.low)} AND ${bind(test.high)}`;
  }
}

function derivedCondition(conditions: Readonly<Record<string, string>>, test: Test): string {
  switch (test.kind) {
    case 'known':
      return '1';
    case 'choice':
      return balanced(
        'OR',
        test.values.map((value) => conditions[value] ?? '0'),
      );
    case 'text':
    case 'range':
    case 'boolean':
    case 'addresses':
      throw new TypeError(`a derived list cannot be tested for ${test.kind}`);
  }
}

/** GLOB and not LIKE: both sides are folded already, and a pattern with a fixed beginning uses the index. */
function textCondition(sql: string, parts: readonly string[], bind: Bind): string {
  const [only = ''] = parts;
  if (parts.length === 1) return `${sql} = ${bind(only)}`;
  return `${sql} GLOB ${bind(parts.map(escapeGlob).join('*'))}`;
}

function escapeGlob(text: string): string {
  return text.replaceAll(/[*?[]/g, '[$&]');
}

function rangeCondition(sql: string, { min, max }: Extract<Test, { kind: 'range' }>, bind: Bind): string {
  const conditions = [
    min === null ? null : `${sql} ${min.isIncluded ? '>=' : '>'} ${bind(min.value)}`,
    max === null ? null : `${sql} ${max.isIncluded ? '<=' : '<'} ${bind(max.value)}`,
  ].filter((condition) => condition !== null);
  return conditions.length === 0 ? `${sql} IS NOT NULL` : `(${conditions.join(' AND ')})`;
}

/** As a tree of even height: SQLite takes expressions up to 1,000 deep, and a chain is as deep as it is long. */
function balanced(operator: 'AND' | 'OR', conditions: readonly string[]): string {
  const [only] = conditions;
  if (only === undefined) return '0';
  if (conditions.length === 1) return only;
  const middle = Math.ceil(conditions.length / 2);
  const left = balanced(operator, conditions.slice(0, middle));
  const right = balanced(operator, conditions.slice(middle));
  return `(${left} ${operator} ${right})`;
}
