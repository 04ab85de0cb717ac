/** What is decided on: ids of one list, and what a true positive would be about. */
export type TriageTarget = { readonly kind: 'findings' | 'incidents'; readonly ids: readonly string[] };

/** `1 finding`, `12 incidents`. */
export function targetWords({ kind, ids }: TriageTarget): string {
  const name = kind === 'findings' ? 'finding' : 'incident';
  return `${ids.length.toLocaleString()} ${name}${ids.length === 1 ? '' : 's'}`;
}
