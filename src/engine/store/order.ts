import type { ListName } from '../../contract/system.ts';
import { EngineError } from '../errors.ts';
import type { Field, Sort } from '../query/field.ts';
import { fieldsOf, findField } from '../query/fields.ts';
import { nearest } from '../query/nearest.ts';

/** The order that was asked for: a field of the list, up or down. */
export type Order = { readonly field: string; readonly text: string; readonly isDescending: boolean };

/** The table of the listed rows and what they are called in SQL. */
export type Listed = { readonly table: string; readonly alias: string };

/**
 * A stretch of an order. Rows with a value come first, then those without, in both directions; within a stretch rows
 * are ordered by `keys` and then by their number.
 */
export type Stretch = {
  /** The listed rows with what their order needs, led by an index that has them in that order. */
  readonly led: string;
  /**
   * The same, led by the listed rows, by number or in the order of their table. No index: by old statistics SQLite may take one of the
   * filter's for empty, and go through it for each number.
   */
  readonly loose: string;
  /** What makes a row one of this stretch. */
  readonly condition: string;
  readonly keys: readonly string[];
  /** What the index has behind the keys that is the same for all rows: said, so that SQLite sees they come in order. */
  readonly constant: readonly string[];
  /** What the rows of the dictionary that leads are called; null where none does. */
  readonly entry: string | null;
};

/** Throws EngineError `invalid-input` for a field the list has not, or can't be sorted by. */
export function orderOf(list: ListName, text: string): Order {
  const isDescending = text.startsWith('-');
  const name = isDescending ? text.slice(1) : text;
  const fields = fieldsOf(list);
  const field = findField(fields, name);
  if (field?.sort == null) throw unsortable(name, fields);
  return { field: field.name, text: `${isDescending ? '-' : ''}${field.name}`, isDescending };
}

/** The stretches of an order, first to last. */
export function stretches({ table, alias }: Listed, sort: Sort): readonly Stretch[] {
  const rows = `${table} AS ${alias}`;
  switch (sort.kind) {
    case 'number':
      return [byNumber(rows)];
    case 'column':
      return byColumn(rows, sort);
    case 'dictionary':
      return byDictionary(rows, sort);
  }
}

/** Of all rows, or of those that another condition leaves. */
function byNumber(rows: string): Stretch {
  const loose = `${rows} NOT INDEXED`;
  return { led: loose, loose, condition: '1', keys: [], constant: [], entry: null };
}

function byColumn(
  rows: string,
  { sql, index, isPartial = false, between = [], constant }: Extract<Sort, { kind: 'column' }>,
): readonly Stretch[] {
  const led = index === null ? rows : `${rows} INDEXED BY ${index}`;
  const loose = `${rows} NOT INDEXED`;
  const shared = { loose, entry: null, constant: constant === undefined ? [] : [constant] };
  return [
    { ...shared, led, condition: `${sql} IS NOT NULL`, keys: [sql, ...between] },
    isPartial
      ? { ...byNumber(rows), condition: `${sql} IS NULL` }
      : { ...shared, led, condition: `${sql} IS NULL`, keys: between },
  ];
}

function byDictionary(
  rows: string,
  { table, key, column, index, between = [] }: Extract<Sort, { kind: 'dictionary' }>,
): readonly Stretch[] {
  const shared = {
    led: `${table} AS entry CROSS JOIN ${rows} INDEXED BY ${index} ON ${key} = entry.id`,
    loose: `${rows} NOT INDEXED CROSS JOIN ${table} AS entry ON entry.id = ${key}`,
    entry: 'entry',
    constant: [],
  };
  const value = `entry.${column}`;
  return [
    { ...shared, condition: `${value} IS NOT NULL`, keys: [value, 'entry.id', ...between] },
    { ...shared, condition: `${value} IS NULL`, keys: ['entry.id', ...between] },
    {
      led: `${rows} INDEXED BY ${index}`,
      loose: `${rows} NOT INDEXED`,
      condition: `${key} IS NULL`,
      keys: between,
      entry: null,
      constant: [],
    },
  ];
}

function unsortable(name: string, fields: readonly Field[]): EngineError {
  const sortable = fields.filter(({ sort }) => sort !== null);
  const close = nearest(
    name,
    sortable.flatMap((each) => [each.name, ...each.shortNames]),
  );
  const hint =
    close.length > 0
      ? `Did you mean ${close.join(' or ')}?`
      : `Possible are ${sortable.map((each) => each.name).join(', ')}.`;
  return new EngineError('invalid-input', `The list cannot be sorted by "${name}". ${hint}`, {
    field: 'sort',
  });
}
