import { Anchor, Button, Group, Text } from '@mantine/core';
import { CircleStop } from 'lucide-react';
import type { ReactNode } from 'react';
import { selectedCount, type Selection } from './selection.ts';
import classes from './sessions.module.css';

type Props = {
  selection: Selection;
  loaded: number;
  /** All sessions that match the query; null while unknown. */
  total: number | null;
  onAll: () => void;
  onNone: () => void;
  onRevoke: () => void;
  children: ReactNode;
};

/** How much is selected and what can be done with it. */
export function SelectionBar({ selection, loaded, total, onAll, onNone, onRevoke, children }: Props) {
  const count = selectedCount(selection);
  const isMore = selection.kind === 'keys' && total !== null && total > count && count >= loaded;
  return (
    <div className={classes.bar} aria-live="polite">
      {count === 0 ? (
        <Text c="dimmed">Select sessions with x or the boxes to end them.</Text>
      ) : (
        <Group gap="sm">
          <Text fw={600}>
            {selection.kind === 'query' ? `All ${count.toLocaleString()} matching` : count.toLocaleString()}{' '}
            selected
          </Text>
          {isMore && (
            <Anchor component="button" size="sm" onClick={onAll}>
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
    </div>
  );
}
