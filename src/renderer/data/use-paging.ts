import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';

/**
 * The most rows of one list that the page holds: some 100 MB of sessions, and as many as can be picked one by one.
 * Whoever needs more of a list than can be read wants a query, the other end of it, or a file.
 */
export const MAX_HELD = 100_000;

/** Rows of the largest page: what the engine gives at once. */
export const LARGE_PAGE = 500;

/** A list of more pages is not fetched again under the reader: the page offers to reload it instead. */
export const MAX_PAGES_REFETCHED = 5;

/** What is beyond the rows that are loaded, and how to get at it. */
export type Paging = {
  /** Names the rows' order: rows under another id are another list, which begins at its top. */
  readonly id: string;
  /** All rows, loaded or not; null while unknown. */
  readonly total: number | null;
  /** How to get at rows that the page has no room for, as a sentence. */
  readonly beyond: string;
  /** No row is missing. */
  readonly isWhole: boolean;
  /** There is more, and room for it. */
  readonly canLoad: boolean;
  /** No room is left for another page. */
  readonly isFull: boolean;
  /** Page after page is fetched without scrolling, because of `toEnd`. */
  readonly isLoadingOn: boolean;
  /** Why the next page is missing; the rows are what they were. */
  readonly moreError: Error | null;
  /** Fetches the next page when there is one and none is on its way. */
  readonly more: () => void;
  /** The same after it failed. */
  readonly moreAgain: () => void;
  /** Fetches all that the page may hold. */
  readonly toEnd: () => void;
  /** Keeps what is loaded, and ends `toEnd`. */
  readonly stop: () => void;
};

/** The way through a list that is fetched page by page, of which `loaded` rows are here. */
export function usePaging(
  result: UseInfiniteQueryResult,
  loaded: number,
): Omit<Paging, 'id' | 'total' | 'beyond'> {
  const isFull = loaded + LARGE_PAGE > MAX_HELD;
  const isOfBefore = result.isPlaceholderData;
  const canLoad = result.hasNextPage && !isOfBefore && !result.isError && !isFull;
  const { isFetching } = result;
  const [isToEnd, setIsToEnd] = useState(false);
  if (isToEnd && !canLoad && !isFetching) setIsToEnd(false);
  const next = useEffectEvent(() => void result.fetchNextPage());
  useEffect(() => {
    if (isToEnd && canLoad && !isFetching) next();
    // A page may come so fast that nothing is drawn while it is on its way: `loaded` tells of it.
  }, [isToEnd, canLoad, isFetching, loaded]);
  return {
    isWhole: result.isSuccess && !isOfBefore && !result.hasNextPage,
    canLoad,
    isFull,
    isLoadingOn: isToEnd,
    moreError: result.isFetchNextPageError ? result.error : null,
    more: () => {
      if (canLoad && !isFetching) void result.fetchNextPage();
    },
    moreAgain: () => void result.fetchNextPage(),
    toEnd: () => setIsToEnd(canLoad),
    stop: () => setIsToEnd(false),
  };
}
