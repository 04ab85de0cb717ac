import type { Candidates } from './candidates.ts';
import type { Db } from './database.ts';
import { conjuncts } from './filter.ts';
import { stretches, type Stretch } from './order.ts';
import { termsToSql, type Found, type Span } from './page-sql.ts';
import { ALL_ROWS } from './row-set.ts';
import type { Search } from './search.ts';
import { sortAll, sortNumbered } from './sort-rows.ts';
import { walkCandidates, walkRows } from './walk.ts';

/**
 * Up to `limit` rows of one stretch of an order. What few rows pass is known from an index and sorted. What many pass is
 * found along the order. In between, the numbers of what may pass are read from indexes, and the order is followed by
 * its index alone. Where no index knows, every row is looked at.
 */
export function findRows(db: Db, search: Search, number: number, span: Span, limit: number): Found[] {
  const stretch = stretches(search.kind, search.sort)[number];
  if (stretch === undefined) throw new RangeError(`there is no stretch ${number}`);
  const everything = termsToSql([], search.nowMs, search.plan);
  const few = search.few();
  if (few !== null) return sortNumbered(db, search, stretch, span, everything)(few, limit);
  const { glance, look, walked, listed } = search.effort;
  const walk = (rows: number, lookedAfter: number) =>
    walkRows(db, search, stretch, span, limit, {
      rows: rows / search.kind.cost,
      lookedAfter: Math.ceil(lookedAfter / Math.max(1, search.kind.cost)),
    });
  const isSomethingKnown = search.indexed !== null || search.kind.others !== undefined;
  if (conjuncts(search.query).length === 0) return walk(Infinity, Infinity) ?? [];
  return (
    (isSomethingKnown ? walk(walked, glance) : null) ??
    fromCandidates(db, search, stretch, span, limit, listed) ??
    walk(PATIENCE * walked, search.indexed === null ? Infinity : look) ??
    fromCandidates(db, search, stretch, span, limit, ALL_ROWS) ??
    sortAll(db, search, stretch, span, limit)
  );
}

/** How much further the order is followed where none of it is known, or so many rows pass that they should be met on the way. */
const PATIENCE = 5;

function fromCandidates(
  db: Db,
  search: Search,
  stretch: Stretch,
  span: Span,
  limit: number,
  most: number,
): Found[] | null {
  const candidates = search.candidates(most, span.until !== null);
  if (candidates.length === 0) return null;
  const { listed } = search.effort;
  const isListable = candidates.some(({ isListed, related }) => !isListed && related <= listed);
  return (
    shortestAmong(db, search, stretch, span, limit, candidates) ??
    (isListable ? shortestAmong(db, search, stretch, span, limit, search.listed(candidates)) : null)
  );
}

function shortestAmong(
  db: Db,
  search: Search,
  stretch: Stretch,
  span: Span,
  limit: number,
  candidates: readonly Candidates[],
): Found[] | null {
  const { collected, listed } = search.effort;
  const own = candidates.find(({ isListed }) => isListed)?.own;
  const sortOwn = (most: number): Found[] | null => {
    if (own === undefined || own.size > most) return null;
    const rows = own.size > collected ? search.ofKind(own) : own;
    const filter = termsToSql(conjuncts(search.query), search.nowMs, search.plan);
    return sortNumbered(db, search, stretch, span, filter)(rows.ids(), limit);
  };
  return (
    sortOwn(collected) ?? walkCandidates(db, search, stretch, span, limit, candidates) ?? sortOwn(listed)
  );
}
