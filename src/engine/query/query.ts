/** A query as it was written: structure and texts, nothing looked up yet. Positions are zero-based characters. */
export type Query =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | Term;

/** One `field:value,value` or bare word; several values mean any of them. */
export type Term = {
  readonly kind: 'term';
  readonly field: { readonly name: string; readonly position: number } | null;
  readonly values: readonly Value[];
};

export type Value = {
  readonly text: string;
  /** Quoted text is taken as it is: `*` and `..` mean nothing in it. */
  readonly isQuoted: boolean;
  readonly comparison: Comparison | null;
  readonly position: number;
};

export type Comparison = '>' | '>=' | '<' | '<=';
