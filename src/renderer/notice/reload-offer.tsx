import { Button } from '@mantine/core';
import type { List } from '../data/use-list.ts';

/** For a list that is too long to be fetched again by itself: says that it is of before, and fetches it anew. */
export function ReloadOffer({ list }: { list: List<unknown> }) {
  if (!list.isOutdated) return null;
  return (
    <Button variant="light" onClick={list.reload}>
      The data changed: reload
    </Button>
  );
}
