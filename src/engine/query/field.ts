import type { QueryField } from '../../contract/system.ts';

/**
 * Where a field's values are: `sql` is an expression, and `within` wraps a condition on it into one on the listed row
 * (a look-up in a dictionary, which an index on the row answers). All of it is written by us; what a person types
 * only ever becomes a bound parameter.
 */
export type ValueColumn = {
  readonly kind: 'value';
  readonly sql: string;
  readonly within: (condition: string) => string;
  /** For closed lists: what is stored for a value; the value itself when left out. */
  readonly encode?: (value: string) => string | number;
  /** For addresses: the expression that holds the sort key. */
  readonly sortKey?: string;
};

/** A closed list whose values are not stored but follow from others: one condition each; `@now` is bound. */
export type DerivedColumn = {
  readonly kind: 'derived';
  readonly conditions: Readonly<Record<string, string>>;
  readonly within: (condition: string) => string;
};

export type Column = ValueColumn | DerivedColumn;

/**
 * How a list is ordered by a field: by an expression of the row itself, or by a dictionary's column, where the
 * dictionary's index leads and rows of one entry follow each other.
 */
export type Sort =
  | { readonly kind: 'column'; readonly sql: string }
  | { readonly kind: 'dictionary'; readonly table: string; readonly key: string; readonly column: string };

export type Field = Omit<QueryField, 'sortable' | 'shortNames' | 'values'> & {
  readonly shortNames: readonly string[];
  readonly values: readonly string[];
  /** A row matches when any of these does. */
  readonly columns: readonly Column[];
  readonly sort: Sort | null;
  /** Bare words search it. */
  readonly isBare: boolean;
  /** The list of values has an order, so `>=` means something. */
  readonly isOrdered: boolean;
  /** Whether a bare duration counts back from now (`seen:<24h`) or ahead (`expires:<7d`). */
  readonly direction: 'ago' | 'ahead';
};

type Options = Partial<Pick<Field, 'shortNames' | 'values' | 'sort' | 'isBare' | 'isOrdered' | 'direction'>>;

/** A field with the defaults of its kind: no short names, not sortable, not searched by bare words. */
export function field(
  name: string,
  type: Field['type'],
  help: string,
  columns: Column | readonly Column[],
  options: Options = {},
): Field {
  return {
    name,
    type,
    help,
    columns: 'kind' in columns ? [columns] : columns,
    shortNames: [],
    values: [],
    sort: null,
    isBare: false,
    isOrdered: false,
    direction: 'ago',
    ...options,
  };
}

/** A column of the listed row itself. */
export function ownColumn(sql: string, encode?: ValueColumn['encode']): ValueColumn {
  const column: ValueColumn = { kind: 'value', sql, within: (condition) => condition };
  return encode === undefined ? column : { ...column, encode };
}

/** A column of a dictionary that `key` of the listed row points into. */
export function dictionaryColumn(table: string, key: string, column: string): ValueColumn {
  return {
    kind: 'value',
    sql: `d.${column}`,
    within: (condition) => `${key} IN (SELECT d.id FROM ${table} AS d WHERE ${condition})`,
  };
}

/** The same fields, asked of rows that are related to the listed one. */
export function relatedFields(
  fields: readonly Field[],
  relate: (condition: string) => string,
  help: (own: string) => string,
): readonly Field[] {
  return fields.map((each) => ({
    ...each,
    help: help(each.help),
    sort: null,
    isBare: false,
    columns: each.columns.map((column) => ({
      ...column,
      within: (condition: string) => relate(column.within(condition)),
    })),
  }));
}
