import { Anchor, Kbd, Progress, Text } from '@mantine/core';
import { callProblemOf } from '../data/call-problem.ts';
import { MAX_HELD, type Paging } from '../data/use-paging.ts';
import classes from './table-foot.module.css';

/** How much of the list is here, and how to get at the rest of it. Nothing when all of it is. */
export function TableFoot({ loaded, paging }: { loaded: number; paging: Paging }) {
  const { total, isWhole, canLoad, isFull, isLoadingOn, moreError } = paging;
  if (isWhole) return null;
  const within = Math.min(total ?? MAX_HELD, MAX_HELD);
  const amounts = `${loaded.toLocaleString()} of ${total === null ? '…' : total.toLocaleString()}`;
  if (moreError !== null) {
    return (
      <div className={classes.foot} role="alert">
        <Text c="var(--tone-critical)">
          {amounts} loaded. {callProblemOf(moreError).message}
        </Text>
        <Anchor component="button" size="sm" onClick={paging.moreAgain}>
          Try again
        </Anchor>
      </div>
    );
  }
  if (isLoadingOn) {
    return (
      <div className={classes.foot}>
        <Progress value={(100 * loaded) / within} aria-label="Rows loaded" className={classes.progress} />
        <Text c="dimmed" className="tabular">
          {amounts} loaded
        </Text>
        <Anchor component="button" size="sm" onClick={paging.stop}>
          Stop here
        </Anchor>
      </div>
    );
  }
  return (
    <div className={classes.foot}>
      <Text c="dimmed" className="tabular">
        {!isFull
          ? `${amounts} loaded, more come as you scroll.`
          : `The first ${amounts} are loaded, and a table holds no more. ${paging.beyond}`}
      </Text>
      {canLoad && (
        <Anchor component="button" size="sm" onClick={paging.toEnd}>
          {total !== null && total > MAX_HELD
            ? `Load the first ${MAX_HELD.toLocaleString()}`
            : 'Load to the end'}{' '}
          <Kbd size="xs">End</Kbd>
        </Anchor>
      )}
    </div>
  );
}

/** Some of the rows are too many for a browser to scroll to. */
export function CutFoot({ shown, all }: { shown: number; all: number }) {
  return (
    <div className={classes.foot}>
      <Text c="dimmed" className="tabular">
        The first {shown.toLocaleString()} of {all.toLocaleString()} are shown; a page can’t scroll through
        more.
      </Text>
    </div>
  );
}
