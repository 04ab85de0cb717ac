import type { Field, LookUp } from './field.ts';

/**
 * A row's own fields, and those of the rows that are related to it, as far as they have other names: one query can be carried
 * from list to list.
 */
export function withRelated(
  own: readonly Field[],
  related: readonly Field[],
  relation: LookUp,
  help: (own: string) => string,
): readonly Field[] {
  const ownNames = new Set(own.flatMap(({ name, shortNames }) => [name, ...shortNames]));
  const others = related.filter(({ name }) => !ownNames.has(name));
  return [...own, ...relatedFields(others, relation, help)];
}

/** The same fields, asked of rows that are related to the listed one. */
export function relatedFields(
  fields: readonly Field[],
  relation: LookUp,
  help: (own: string) => string,
): readonly Field[] {
  return fields.map((each) => ({
    ...each,
    help: help(each.help),
    sort: null,
    isBare: false,
    columns: each.columns.map((column) => ({ ...column, lookUps: [...column.lookUps, relation] })),
  }));
}
