import { Anchor, Button, Group, Text } from '@mantine/core';
import { CircleStop } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bar } from '../frame/bar.tsx';
import { selectedCount, type Selection } from './selection.ts';

type Props = {
  selection: Selection;
  loaded: number;
  /** No session that matches is missing from the loaded ones. */
  isWhole: boolean;
  /** All sessions that match the query; null while they are being counted. */
  total: number | null;
  onAll: (total: number) => void;
  onNone: () => void;
  onRevoke: () => void;
  children: ReactNode;
};

/** How much is selected and what can be done with it. */
export function SelectionBar(props: Props) {
  const { selection, loaded, isWhole, total, onAll, onNone, onRevoke, children } = props;
  const count = selectedCount(selection);
  const isMore = selection.kind === 'keys' && !isWhole && count >= loaded;
  return (
    <Bar aria-live="polite">
      {count === 0 ? (
        <Text c="dimmed" flex="1 1 180px">
          Select sessions with x or the boxes, end with r.
        </Text>
      ) : (
        <Group gap="sm">
          <Text fw={600}>
            {selection.kind === 'query' ? `All ${count.toLocaleString()} matching` : count.toLocaleString()}{' '}
            selected
          </Text>
          {isMore && total === null && <Text c="dimmed">Counting all that match…</Text>}
          {isMore && total !== null && (
            <Anchor component="button" size="sm" onClick={() => onAll(total)}>
              Select all {total.toLocaleString()} matching
            </Anchor>
          )}
          <Anchor component="button" size="sm" onClick={onNone}>
            Clear
          </Anchor>
        </Group>
      )}
      <Group gap="xs" ml="auto">
        {count > 0 && (
          <Button color="red" leftSection={<CircleStop size={14} />} onClick={onRevoke}>
            End sessions…
          </Button>
        )}
        {children}
      </Group>
    </Bar>
  );
}
