import type { Query } from '@tanstack/react-query';

/**
 * How soon a query may follow a change of what it shows, in milliseconds. Rows come from an index and follow fast; figures
 * pass over every matching row; the map brings up to tens of thousands of places along.
 */
export const paces = { rows: 1_000, figures: 2_000, map: 5_000 } as const;
export type Pace = keyof typeof paces;

/** The `meta` of a query that follows at this pace. */
export function paced(pace: Pace): { readonly pace: Pace } {
  return { pace };
}

/** A query's pace; `rows` when it names none. */
export function paceOf(query: Pick<Query, 'meta'>): Pace {
  const pace = query.meta?.pace;
  return pace === 'figures' || pace === 'map' ? pace : 'rows';
}
