/**
 * Which sessions are meant. `keys` were picked one by one and stay picked while the list moves; `query` means all
 * that match, and is frozen only by the revocation plan.
 */
export type Selection =
  | { readonly kind: 'keys'; readonly keys: ReadonlySet<string>; readonly anchor: string | null }
  | { readonly kind: 'query'; readonly query: string; readonly total: number };

export const nothingSelected: Selection = { kind: 'keys', keys: new Set(), anchor: null };

/** Picks or drops one row, which becomes the end that `selectTo` counts from. */
export function toggle(selection: Selection, key: string): Selection {
  const keys = new Set(selection.kind === 'keys' ? selection.keys : []);
  if (!keys.delete(key)) keys.add(key);
  return { kind: 'keys', keys, anchor: key };
}

/** Picks all rows between the last toggled one and this one, both included, in the order shown. */
export function selectTo(selection: Selection, key: string, order: readonly string[]): Selection {
  const anchor = selection.kind === 'keys' ? selection.anchor : null;
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(key);
  if (from === -1 || to === -1) return toggle(selection, key);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  const before = selection.kind === 'keys' ? selection.keys : [];
  return { kind: 'keys', keys: new Set([...before, ...range]), anchor: key };
}

/** All rows that are loaded, or none when all of them are picked already. */
export function toggleLoaded(selection: Selection, order: readonly string[]): Selection {
  if (selection.kind === 'query') return nothingSelected;
  const isAll = order.length > 0 && order.every((key) => selection.keys.has(key));
  return isAll ? nothingSelected : { kind: 'keys', keys: new Set(order), anchor: null };
}

export function isSelected(selection: Selection, key: string): boolean {
  return selection.kind === 'query' || selection.keys.has(key);
}

export function selectedCount(selection: Selection): number {
  return selection.kind === 'query' ? selection.total : selection.keys.size;
}
