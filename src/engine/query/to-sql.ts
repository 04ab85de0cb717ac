import type { CheckedQuery } from './check.ts';
import type { Column, DerivedColumn, LookUp, ValueColumn } from './field.ts';
import type { Test } from './test.ts';

export type SqlValue = string | number | Buffer | null;

/** A condition on the listed row, and every value in it as a named parameter. */
export type SqlCondition = { readonly sql: string; readonly values: Readonly<Record<string, SqlValue>> };

/** Makes a parameter of a value and answers its name. */
export type Bind = (value: SqlValue) => string;

/** One condition in two ways: made for finding the rows that meet it, null where no index would, and for asking about one row. */
export type Asked = { readonly set: string | null; readonly single: string };

/** Decides how a condition on other rows is asked of those that refer to them. `values` are all parameters bound so far. */
export type LookUpPlan = (
  lookUp: LookUp,
  condition: Asked,
  bind: Bind,
  values: Readonly<Record<string, SqlValue>>,
) => Asked;

/** The rows looked up are found first, and then those that refer to them. */
const bySets: LookUpPlan = ({ select, within }, { set, single }) => asSet(within(select(set ?? single)));

/** A condition that is the right one for both. */
export function asSet(condition: string): Asked {
  return { set: condition, single: condition };
}

/**
 * A checked query as a condition. Two conditions in one statement number their parameters apart (`firstParameter`). The text consists of what `fields/` wrote and of parameter names; what was typed is
 * bound. A term that meets an unknown value is false, so `NOT` of it is true.
 */
export function toSql(
  query: CheckedQuery,
  nowMs: number,
  plan: LookUpPlan = bySets,
  firstParameter = 0,
): SqlCondition {
  const values: Record<string, SqlValue> = { now: nowMs };
  const bind: Bind = (value) => {
    const name = `p${firstParameter + Object.keys(values).length}`;
    values[name] = value;
    return `@${name}`;
  };
  return { sql: conditionOf(query, { bind, values, plan }), values };
}

type Context = {
  readonly bind: Bind;
  readonly values: Readonly<Record<string, SqlValue>>;
  readonly plan: LookUpPlan;
};

function conditionOf(query: CheckedQuery, context: Context): string {
  switch (query.kind) {
    case 'all':
      return '1';
    case 'and':
      return balanced(
        'AND',
        query.parts.map((part) => conditionOf(part, context)),
      );
    case 'or':
      return balanced(
        'OR',
        query.parts.map((part) => conditionOf(part, context)),
      );
    case 'not':
      return complement(query.part) ?? `(${conditionOf(query.part, context)}) IS NOT TRUE`;
    case 'match':
      return balanced(
        'OR',
        query.fields.flatMap(({ columns }) =>
          columns.map((column) => columnCondition(column, query.tests, context)),
        ),
      );
  }
}

/** A value that follows from others is always known, so not being these is being one of the rest: an index finds those. */
function complement(query: CheckedQuery): string | null {
  if (query.kind !== 'match') return null;
  const [column, ...others] = query.fields.flatMap(({ columns }) => columns);
  if (column?.kind !== 'derived' || column.lookUps.length > 0 || others.length > 0) return null;
  const excluded = new Set(query.tests.flatMap((test) => derivedValues(column, test)));
  const rest = Object.keys(column.conditions).filter((value) => !excluded.has(value));
  return anyOf(column, rest);
}

function columnCondition(column: Column, tests: readonly Test[], context: Context): string {
  const ask = (isSet: boolean) =>
    balanced(
      'OR',
      tests.map((test) =>
        column.kind === 'value'
          ? valueCondition(column, test, context.bind, isSet)
          : anyOf(column, derivedValues(column, test)),
      ),
    );
  const onValue = ask(true);
  if (column.lookUps.length === 0) return onValue;
  return column.lookUps.reduce<Asked>(
    (condition, lookUp) => context.plan(lookUp, condition, context.bind, context.values),
    { set: onValue, single: ask(false) },
  ).single;
}

function valueCondition(column: ValueColumn, test: Test, bind: Bind, isSet: boolean): string {
  const { sql } = column;
  switch (test.kind) {
    case 'known':
      return `${sql} IS NOT NULL`;
    case 'text':
      return textCondition(column, test.parts, bind, isSet);
    case 'range':
      return rangeCondition(column, test, bind);
    case 'choice':
      return `${sql} IN (${test.values.map((value) => bind(column.encode?.(value) ?? value)).join(', ')})`;
    case 'boolean':
      return test.value === null ? `${sql} IS NULL` : `${sql} = ${Number(test.value)}`;
    case 'addresses':
      return `${column.bytes?.sql ?? sql} BETWEEN ${bind(test.low)} AND ${bind(test.high)}`;
  }
}

/** Which values of a derived list a test asks for. */
export function derivedValues({ conditions }: DerivedColumn, test: Test): readonly string[] {
  switch (test.kind) {
    case 'known':
      return Object.keys(conditions);
    case 'choice':
      return test.values;
    case 'boolean':
      return [String(test.value)];
    case 'text':
    case 'range':
    case 'addresses':
      throw new TypeError(`a derived list cannot be tested for ${test.kind}`);
  }
}

function anyOf({ conditions }: DerivedColumn, values: readonly string[]): string {
  return balanced(
    'OR',
    values.map((value) => conditions[value] ?? '0'),
  );
}

/** Fewer characters than this in a row have no trigram. */
const TRIGRAM = 3;

/** GLOB and not LIKE: both sides are folded already, and a pattern with a fixed beginning uses the index. */
function textCondition(column: ValueColumn, parts: readonly string[], bind: Bind, isSet: boolean): string {
  const { sql, bytes, trigrams } = column;
  const [first = ''] = parts;
  if (parts.length === 1) return bytes?.whole?.(bytes.sql, first, bind) ?? `${sql} = ${bind(first)}`;
  const pattern = bind(parts.map(escapeGlob).join('*'));
  const begins = (isSet ? bytes?.beginning(bytes.sql, first, bind) : null) ?? null;
  if (begins !== null) return `(${begins} AND ${sql} GLOB ${pattern})`;
  const isIndexed = isSet && first === '' && parts.some((part) => Array.from(part).length >= TRIGRAM);
  if (trigrams === undefined || !isIndexed) return `${sql} GLOB ${pattern}`;
  return `${trigrams.id} IN (SELECT rowid FROM ${trigrams.table} WHERE ${trigrams.column} GLOB ${pattern})`;
}

function escapeGlob(text: string): string {
  return text.replaceAll(/[*?[]/g, '[$&]');
}

function rangeCondition(
  { sql, numbers, bound: stored }: ValueColumn,
  { min, max }: Extract<Test, { kind: 'range' }>,
  bind: Bind,
): string {
  const [from, until] = [min, max].map((bound) =>
    bound === null ? null : bind(stored?.(bound.value) ?? bound.value),
  );
  const conditions = [
    min === null ? null : `${sql} ${min.isIncluded ? '>=' : '>'} ${from ?? ''}`,
    max === null ? null : `${sql} ${max.isIncluded ? '<=' : '<'} ${until ?? ''}`,
    ...(numbers?.(from ?? null, until ?? null) ?? []),
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
