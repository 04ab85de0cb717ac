import type { QueryField } from '../../contract/system.ts';
import { keyBytes, keyIs, keyRanges, keyWithin } from './key-bytes.ts';
import type { Test } from './test.ts';

/**
 * How a condition on other rows becomes one on the listed row. All of it is written by us; what a person types only ever
 * becomes a bound parameter.
 */
export type LookUp = {
  /** A SELECT of one integer for each row that satisfies the condition: what the listed row then refers to. */
  readonly select: (condition: string) => string;
  /** The listed row refers to one of a set. An index on the row answers it, so it is right when few rows do. */
  readonly within: (set: string) => string;
  /** The same, asked of one listed row after the other: right when many rows do. */
  readonly each: (condition: string) => string;
  /** Where the rows looked up are no dictionary but a list of their own, with indexes of their own. */
  readonly relation?: Relation;
  /** What is selected are listed rows themselves, and indexes alone tell which. */
  readonly selectsRows?: boolean;
};

/** Rows that the listed ones are related to: the sessions of a user, or of a finding. */
export type Relation = {
  readonly table: string;
  readonly alias: string;
  /** A SELECT of the listed rows that are related to one of a set. */
  readonly listed: (set: string) => string;
  /** A SELECT of pairs: a listed row of a set, and a row it is related to. */
  readonly pairs: (set: string) => string;
};

/** Trigrams of a text: `id IN (SELECT rowid FROM table WHERE column GLOB …)` finds what contains three known characters. */
export type Trigrams = { readonly table: string; readonly column: string; readonly id: string };

/**
 * A text that is found by bytes which have an index: those of a whole text, and those that all texts with a beginning
 * have. As conditions on the expression of the bytes; null when a beginning says nothing of them.
 */
export type BytesOf = {
  readonly whole?: (sql: string, text: string, bind: BindBytes) => string;
  readonly beginning: (sql: string, beginning: string, bind: BindBytes) => string | null;
};

/** Makes a parameter of bytes and answers its name. */
type BindBytes = (bytes: Buffer) => string;

/** Where a field's values are: an expression of the row at the end of the look-ups, the innermost first. */
export type ValueColumn = {
  readonly kind: 'value';
  readonly sql: string;
  readonly lookUps: readonly LookUp[];
  /** For closed lists: what is stored for a value; the value itself when left out. */
  readonly encode?: (value: string) => string | number;
  /** For numbers that rise with a stored one: what is stored for a number, or something between two such where that is none. */
  readonly bound?: (value: number) => number;
  /** For addresses and keys: the expression that holds them as bytes. */
  readonly bytes?: BytesOf & { readonly sql: string };
  /** For moments that rise with the number of the row: what a range of them says of the number. */
  readonly numbers?: (from: string | null, until: string | null) => readonly string[];
  readonly trigrams?: Trigrams;
  /** The dictionary whose row, called `d`, `sql` is an expression of. */
  readonly dictionary?: string;
  /** Whether an index alone, without the rows, tells which rows pass a test. */
  readonly isIndexed?: (test: Test) => boolean;
};

/** A closed list (or true and false) whose values are not stored but follow from others: one condition each; `@now` is bound. */
export type DerivedColumn = {
  readonly kind: 'derived';
  readonly conditions: Readonly<Record<string, string>>;
  readonly lookUps: readonly LookUp[];
  /** A condition for each value of which an index alone tells: every row of the value meets it, and maybe others do. */
  readonly indexed?: Readonly<Record<string, string>>;
};

export type Column = ValueColumn | DerivedColumn;

/**
 * How a list is ordered by a field: by the row's own number, by an expression of the row itself, or by a dictionary's column, where the
 * dictionary's index leads and rows of one entry follow each other. `index`: the index of the listed table that has
 * its rows in this order; null where there is none and few enough rows to sort. A partial one has only rows with a value.
 */
export type Sort =
  | { readonly kind: 'number' }
  | {
      readonly kind: 'column';
      readonly sql: string;
      readonly index: string | null;
      readonly isPartial?: boolean;
      /** What the index has between the value and the row's number. */
      readonly between?: readonly string[];
      /** The same, where all rows of the list agree in it. */
      readonly constant?: string;
    }
  | {
      readonly kind: 'dictionary';
      readonly table: string;
      readonly key: string;
      readonly column: string;
      readonly index: string;
      /** What the index has between the reference and the row's number. */
      readonly between?: readonly string[];
    };

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
  const column: ValueColumn = { kind: 'value', sql, lookUps: [] };
  return encode === undefined ? column : { ...column, encode };
}

/** A session's public key, which is stored as bytes: an index knows those that begin so. */
export function keyColumn(sql: string): ValueColumn {
  const isIndexed = (test: Test) => test.kind === 'text' && test.parts[0] !== '';
  return { ...ownColumn(`key_text(${sql})`), bytes: { sql, ...keyBytesOf }, isIndexed };
}

const keyBytesOf: BytesOf = {
  whole: (sql, key, bind) => keyIs(sql, bind(keyBytes(key))),
  beginning: (sql, beginning, bind) => {
    const ranges = keyRanges(beginning);
    return ranges === null ? null : `(${ranges.map((range) => keyWithin(sql, range, bind)).join(' OR ')})`;
  },
};

/** The same column, where an index alone tells which rows pass: any test, or those given. */
export function indexed(column: ValueColumn, isIndexed: (test: Test) => boolean = () => true): ValueColumn {
  return { ...column, isIndexed };
}

/** A closed list of which every row listed has the same value. */
export function sameForAll(values: readonly string[], value: string): DerivedColumn {
  const conditions = Object.fromEntries(values.map((each) => [each, each === value ? '1' : '0']));
  return { kind: 'derived', conditions, indexed: conditions, lookUps: [] };
}

/** A column of a dictionary that `key` of the listed row points into. */
export function dictionaryColumn(table: string, key: string, column: string): ValueColumn {
  return {
    kind: 'value',
    sql: `d.${column}`,
    dictionary: table,
    lookUps: [numberLookUp(table, 'd', key)],
  };
}

/**
 * The listed row's `key` is the `id` of a row of `from`. Row by row these are asked `one` way: by an index of `id`, which has to be
 * named. SQLite makes a join of EXISTS, and may then prefer an index of the condition, whose every entry is gone through for each
 * listed row: 1,800 events by the end of their session took 800 ms in place of 3.
 */
export function lookUp(from: string, id: string, key: string, one: string): LookUp {
  return {
    select: (condition) => `SELECT ${id} FROM ${from} WHERE ${condition}`,
    within: (set) => `${key} IN (${set})`,
    each: (condition) => `EXISTS (SELECT 1 FROM ${one} WHERE ${id} = ${key} AND ${condition})`,
  };
}

/**
 * The listed row's `key` is the number of a row of `table`, which needs no index.
 *
 * @param beside what is joined to that row
 */
export function numberLookUp(table: string, alias: string, key: string, beside = ''): LookUp {
  const row = `${table} AS ${alias}`;
  return lookUp(`${row}${beside}`, `${alias}.id`, key, `${row} NOT INDEXED${beside}`);
}
