import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadingNotice } from './loading-notice.tsx';
import { ListProblem } from './list-problem.tsx';

type Props<T> = { result: UseQueryResult<T>; lines?: number; children: (data: T) => ReactNode };

/** The three states of one query: loading, failed with a retry, or its data. */
export function Fetched<T>({ result, lines, children }: Props<T>) {
  if (result.data !== undefined) return children(result.data);
  if (result.isError) return <ListProblem error={result.error} onRetry={() => void result.refetch()} />;
  return <LoadingNotice lines={lines} />;
}
