import { parseRows, sweepEnd } from '../rows.ts';
import type { RejectedRow, SourcePage, SweepEnd } from '../source.ts';
import { toRow } from './transform.ts';
import { wireSession, type WirePage } from './wire.ts';

/** The panel's largest page. */
export const PAGE_SIZE = 100;
/** Pages of one pass (1,500 sessions of one user): the calls that the panel allows within 5 minutes. */
const MAX_PAGES = 15;

export type ListingOptions = {
  /** Reads one page, counted from 1. */
  readonly read: (page: number) => Promise<WirePage>;
  /** False with an API key. */
  readonly tellsCurrent: boolean;
  /** How often at most the list is read, should it move under the reader. */
  readonly passes: number;
};

/** What one reading of all pages saw. */
type Pass = {
  /** Identities. */
  readonly seen: ReadonlySet<string>;
  readonly totals: ReadonlySet<number>;
  readonly rejected: readonly RejectedRow[];
  readonly isCapped: boolean;
};

/**
 * Reads all pages. The panel sorts by a column that is empty, so rows wander between pages: duplicates are dropped,
 * and a pass is complete only when every page named one total and as many different sessions were seen. A list
 * that moved is read again, and if it moves every time reported as `incomplete`.
 */
export async function* readListing(options: ListingOptions): AsyncGenerator<SourcePage, SweepEnd, void> {
  const yielded = new Set<string>();
  for (let number = 1; number <= options.passes; number += 1) {
    const pass = yield* readPass(options, yielded);
    if (pass.rejected.length > 0) return sweepEnd(pass.rejected);
    if (pass.isCapped)
      return incomplete(`The listing has more than ${MAX_PAGES} pages and was not read to its end`);
    const [total, ...otherTotals] = pass.totals;
    // Counting over all passes is sound too: as many sessions exist as were seen.
    if (otherTotals.length === 0 && (pass.seen.size === total || yielded.size === total))
      return { complete: true };
  }
  return incomplete(
    'The listing moved while it was read: sessions seen and the total told by the panel differ',
  );
}

async function* readPass(
  options: ListingOptions,
  yielded: Set<string>,
): AsyncGenerator<SourcePage, Pass, void> {
  const seen = new Set<string>();
  const totals = new Set<number>();
  const rejected: RejectedRow[] = [];
  let elements = 0;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data, pagination } = await options.read(page);
    totals.add(pagination.total);
    const parsed = parseRows(data, wireSession, (wire) => toRow(wire, options.tellsCurrent), elements);
    const seenBefore = seen.size;
    for (const { identity } of parsed.rows) seen.add(identity);
    if (seen.size === seenBefore && parsed.rejected.length === 0)
      return { seen, totals, rejected, isCapped: false };

    elements += data.length;
    rejected.push(...parsed.rejected);
    const rows = parsed.rows.filter(({ identity }) => isNew(yielded, identity));
    yield { rows, history: [], events: [], rejected: parsed.rejected };
    // A short page that reaches the total is the last one: the empty page behind it would cost a call of 15.
    const isLast = data.length < PAGE_SIZE && seen.size + rejected.length === pagination.total;
    if (isLast) return { seen, totals, rejected, isCapped: false };
  }
  return { seen, totals, rejected, isCapped: true };
}

function isNew(known: Set<string>, identity: string): boolean {
  if (known.has(identity)) return false;
  known.add(identity);
  return true;
}

function incomplete(what: string): SweepEnd {
  return {
    complete: false,
    problem: {
      code: 'incomplete',
      message: `${what}, so no session is taken as ended. It is read again later.`,
    },
  };
}
