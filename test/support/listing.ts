import type { Row, Source, SourcePage, SweepEnd } from '../../src/engine/source/source.ts';

/** One listing of a source, read to its end. */
export async function listingOf(
  source: Source,
): Promise<{ pages: SourcePage[]; rows: Row[]; end: SweepEnd }> {
  const pages: SourcePage[] = [];
  const listed = source.list(new AbortController().signal);
  for (;;) {
    const step = await listed.next();
    if (step.done === true) return { pages, rows: pages.flatMap(({ rows }) => rows), end: step.value };
    pages.push(step.value);
  }
}
