import type { CheckedQuery } from './check.ts';
import type { Column, Field, Relation } from './field.ts';
import type { Test } from './test.ts';
import { derivedValues } from './to-sql.ts';

/** What indexes alone tell of a query: every row that passes it is among those that pass this. */
export type IndexedQuery =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly IndexedQuery[] }
  /** A condition on the listed rows, or on rows that they are related to. */
  | { readonly kind: 'rows'; readonly relation: Relation | null; readonly condition: CheckedQuery };

/** Null where no index narrows the rows down. */
export function indexedQuery(query: CheckedQuery): IndexedQuery | null {
  switch (query.kind) {
    case 'and': {
      const parts = query.parts.map(indexedQuery).filter((part) => part !== null);
      return parts.length === 0 ? null : { kind: 'and', parts };
    }
    case 'or':
      return eachIndexed(query.parts.map(indexedQuery));
    case 'match':
      return eachIndexed(
        query.fields.flatMap((field) =>
          field.columns.map((column) => indexedColumn(field, column, query.tests)),
        ),
      );
    case 'all':
    case 'not':
      return null;
  }
}

function eachIndexed(parts: readonly (IndexedQuery | null)[]): IndexedQuery | null {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? { kind: 'or', parts: known } : null;
}

/** A related column is asked of the rows it belongs to; how the listed rows refer to them is another question. */
function indexedColumn(field: Field, column: Column, tests: readonly Test[]): IndexedQuery | null {
  if (!tests.every((test) => isIndexed(column, test))) return null;
  const toIndex = column.kind === 'value' ? column : { ...column, conditions: column.indexed ?? {} };
  const relation = column.lookUps.at(-1)?.relation ?? null;
  const lookUps = relation === null ? column.lookUps : column.lookUps.slice(0, -1);
  const condition: CheckedQuery = {
    kind: 'match',
    fields: [{ ...field, columns: [{ ...toIndex, lookUps }] }],
    tests,
  };
  return { kind: 'rows', relation, condition };
}

function isIndexed(column: Column, test: Test): boolean {
  if (column.kind === 'value') return column.isIndexed?.(test) === true;
  const { indexed = {} } = column;
  return derivedValues(column, test).every((value) => value in indexed);
}
