import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Event } from '../../contract/event.ts';
import type { Finding } from '../../contract/finding.ts';
import type { Incident } from '../../contract/incident.ts';
import type { ListPage } from '../../contract/list.ts';
import type { Session } from '../../contract/session.ts';
import type { User } from '../../contract/user.ts';
import { useEngine, type EngineClient } from '../engine-client.ts';
import { countQuery } from './costly-reads.ts';
import { LARGE_PAGE, MAX_PAGES_REFETCHED, usePaging, type Paging } from './use-paging.ts';

type Rows = { sessions: Session; findings: Finding; incidents: Incident; users: User; events: Event };
type Request = { query: string; sort: string | null; limit: number; cursor: string | null; total: false };
type Fetch<Row> = (request: Request, options: { signal: AbortSignal }) => Promise<ListPage<Row>>;

/** Which call lists what; the only place where a list's name meets its procedure. */
const listFetchers: { [L in keyof Rows]: (engine: EngineClient) => Fetch<Rows[L]> } = {
  sessions: (engine) => (request, options) => engine.sessions.list.query(request, options),
  findings: (engine) => (request, options) => engine.findings.list.query(request, options),
  incidents: (engine) => (request, options) => engine.incidents.list.query(request, options),
  users: (engine) => (request, options) => engine.users.list.query(request, options),
  events: (engine) => (request, options) => engine.events.list.query(request, options),
};

/** The first pages are small, to be there at once; whoever reads on gets as much as the engine gives. */
const SMALL_PAGES = 5;

export type List<Row> = Paging & {
  readonly rows: readonly Row[];
  readonly error: Error | null;
  readonly isLoading: boolean;
  /** The data changed since, and the list is too long to be fetched again by itself. */
  readonly isOutdated: boolean;
  /** Begins again at the first page. */
  readonly reload: () => void;
};

type Options = {
  query: string;
  sort?: string | null;
  limit?: number;
  enabled?: boolean;
  /** False where nobody looks at `total` unless the list is whole. */
  counted?: boolean;
};

/** A list of the engine, page by page (keyset), for tables that ask for `more` at their end; its number follows the rows. */
export function useList<L extends keyof Rows>(list: L, options: Options): List<Rows[L]> {
  const { query, sort = null, limit = 200, enabled = true, counted = true } = options;
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [reloads, setReloads] = useState(0);
  const queryKey = [list, 'list', { query, sort, limit }];
  const result = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      listFetchers[list](engine)({ query, sort, ...pageParam, total: false }, { signal }),
    initialPageParam: { cursor: null as string | null, limit },
    getNextPageParam: ({ next }: ListPage<Rows[L]>, pages) =>
      next === null ? null : { cursor: next, limit: pages.length < SMALL_PAGES ? limit : LARGE_PAGE },
    placeholderData: keepPreviousData,
    enabled,
  });
  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.rows) ?? [], [result.data]);
  const error = result.isFetchNextPageError ? null : result.error;
  const isOfBefore = result.isPlaceholderData;
  const paging = usePaging(result, rows.length);
  const count = useQuery({
    ...countQuery(engine, list, query),
    enabled: enabled && counted && result.isSuccess && !isOfBefore && !paging.isWhole,
  });
  const id = JSON.stringify([query, sort, reloads]);
  const [shownId, setShownId] = useState(id);
  if (!isOfBefore && shownId !== id) setShownId(id);
  // The next page that comes takes the mark of the change away, and the pages before it are still those of before.
  const [outdatedId, setOutdatedId] = useState<string | null>(null);
  const isLong = (result.data?.pages.length ?? 0) > MAX_PAGES_REFETCHED;
  if (isLong && result.isStale && !isOfBefore && outdatedId !== id) setOutdatedId(id);

  return {
    ...paging,
    beyond: 'Narrow the query, or sort the other way round to see the other end.',
    id: shownId,
    rows: error === null ? rows : [],
    total: paging.isWhole ? rows.length : isOfBefore ? null : (count.data ?? null),
    error,
    isLoading: result.isPending,
    isOutdated: outdatedId === id,
    reload: () => {
      paging.stop();
      setReloads(reloads + 1);
      queryClient.setQueryData<typeof result.data>(queryKey, (data) =>
        data === undefined
          ? data
          : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
      );
      void result.refetch();
    },
  };
}
