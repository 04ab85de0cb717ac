import { z } from 'zod';

/** Largest page of a list; bigger amounts are read page by page, or exported. */
export const MAX_PAGE = 500;

export const listRequest = z.object({
  /** Text in the query language; empty means everything. */
  query: z.string().max(4096).default(''),
  /** A field name, with a leading `-` for descending (`-startedAt`); null means the list's own order. Unknowns sort last either way. */
  sort: z.string().max(64).nullable().default(null),
  limit: z.number().int().min(1).max(MAX_PAGE).default(200),
  /** Opaque; the `next` of the page before. */
  cursor: z.string().max(4096).nullable().default(null),
  /** False leaves out counting all matching rows, which takes longer the more there are. */
  total: z.boolean().optional(),
});
export type ListRequest = z.infer<typeof listRequest>;

/** One keyset page of `row`: `total` counts all matching rows (null when the request left it out), `next` is null on the last page. */
export const listPage = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), total: z.number().int().nullable(), next: z.string().nullable() });
export type ListPage<T> = { rows: T[]; total: number | null; next: string | null };
