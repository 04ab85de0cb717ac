import { Skeleton } from '@mantine/core';
import classes from './notice.module.css';

/** Grey lines in the shape of what is coming; said aloud once. */
export function LoadingNotice({ lines = 6, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div className={classes.loading} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={14} width={`${95 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  );
}
