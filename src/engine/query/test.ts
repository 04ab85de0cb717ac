/** What one value of a term asks of a field, typed and checked: what SQL is made of, and what a naive filter can follow. */
export type Test =
  | { readonly kind: 'known' }
  /** Folded text between wildcards: one part is equality, `['', 'x', '']` is "contains x". */
  | { readonly kind: 'text'; readonly parts: readonly string[] }
  | { readonly kind: 'range'; readonly min: Bound | null; readonly max: Bound | null }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'boolean'; readonly value: boolean | null }
  | { readonly kind: 'addresses'; readonly low: Buffer; readonly high: Buffer };

export type Bound = { readonly value: number; readonly isIncluded: boolean };
