import type { ReactNode } from 'react';
import type { List } from '../data/use-list.ts';
import { ListProblem } from './list-problem.tsx';
import { LoadingNotice } from './loading-notice.tsx';

type Props = {
  list: List<unknown>;
  lines?: number;
  /** Said aloud while it loads. */
  label?: string;
  /** What stands in place of no rows: an `EmptyNotice`. */
  empty: ReactNode;
  children: ReactNode;
};

/** The four states of a list: failed with a retry, loading, empty, or its rows. */
export function Listed({ list, lines = 12, label, empty, children }: Props) {
  if (list.error) return <ListProblem error={list.error} onRetry={list.reload} />;
  if (list.isLoading) return <LoadingNotice lines={lines} label={label} />;
  return list.rows.length === 0 ? empty : children;
}
