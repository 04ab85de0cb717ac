import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Event } from '../../contract/event.ts';
import type { Finding } from '../../contract/finding.ts';
import type { ListPage } from '../../contract/list.ts';
import type { Session } from '../../contract/session.ts';
import type { User } from '../../contract/user.ts';
import { useEngine, type EngineClient } from '../engine-client.ts';

type Rows = { sessions: Session; findings: Finding; users: User; events: Event };
type Request = { query: string; sort: string | null; limit: number; cursor: string | null };
type Fetch<Row> = (request: Request, options: { signal: AbortSignal }) => Promise<ListPage<Row>>;

/** Which call lists what; the only place where a list's name meets its procedure. */
export const listFetchers: { [L in keyof Rows]: (engine: EngineClient) => Fetch<Rows[L]> } = {
  sessions: (engine) => (request, options) => engine.sessions.list.query(request, options),
  findings: (engine) => (request, options) => engine.findings.list.query(request, options),
  users: (engine) => (request, options) => engine.users.list.query(request, options),
  events: (engine) => (request, options) => engine.events.list.query(request, options),
};

export type List<Row> = {
  readonly rows: readonly Row[];
  /** All matching rows, loaded or not; null until the first page is there. */
  readonly total: number | null;
  readonly error: Error | null;
  readonly isLoading: boolean;
  /** The data changed since, and the list is too long to be fetched again by itself. */
  readonly isOutdated: boolean;
  /** Fetches the next page when there is one and none is on its way. */
  readonly more: () => void;
  readonly reload: () => void;
};

/** A list of the engine, page by page (keyset), for tables that ask for `more` at their end. */
export function useList<L extends keyof Rows>(
  list: L,
  request: { query: string; sort?: string | null; limit?: number; enabled?: boolean },
): List<Rows[L]> {
  const engine = useEngine();
  const { query, sort = null, limit = 200, enabled = true } = request;
  const result = useInfiniteQuery({
    queryKey: [list, 'list', { query, sort, limit }],
    queryFn: ({ pageParam, signal }) =>
      listFetchers[list](engine)({ query, sort, limit, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: ListPage<Rows[L]>) => page.next,
    placeholderData: keepPreviousData,
    enabled,
  });
  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.rows) ?? [], [result.data]);
  return {
    rows: result.isError ? [] : rows,
    total: result.data?.pages[0]?.total ?? null,
    error: result.error,
    isLoading: result.isPending,
    isOutdated: result.isStale && !result.isFetching && result.isSuccess,
    more: () => {
      if (result.hasNextPage && !result.isFetching) void result.fetchNextPage();
    },
    reload: () => void result.refetch(),
  };
}
