import { Text } from '@mantine/core';
import type { RevocationItem } from '../../contract/revocation.ts';
import classes from './revoke.module.css';
import { SkippedItem } from './skipped-item.tsx';

const MAX_SHOWN = 100;

type Props = {
  items: readonly RevocationItem[];
  /** Own sessions the analyst named to be ended all the same. */
  included: readonly string[];
  onInclude: (keys: readonly string[]) => void;
};

/** What the plan leaves alone and why. Own sessions can be added one by one, never all at once. */
export function SkippedItems({ items, included, onInclude }: Props) {
  if (items.length === 0 && included.length === 0) return null;
  return (
    <section>
      <Text fw={600} mb={4}>
        {items.length === 0 ? 'Nothing is left alone' : `Left alone: ${items.length}`}
      </Text>
      <ul className={classes.skipped} tabIndex={0} aria-label="Sessions left alone">
        {items.slice(0, MAX_SHOWN).map((item) => (
          <SkippedItem
            key={item.session}
            item={item}
            onInclude={() => onInclude([...included, item.session])}
          />
        ))}
      </ul>
      {items.length > MAX_SHOWN && (
        <Text c="dimmed">and {items.length - MAX_SHOWN} more, not shown here</Text>
      )}
      {included.length > 0 && (
        <Text c="var(--tone-high)">
          {included.length} of your own sessions included.{' '}
          <button type="button" className={classes.undo} onClick={() => onInclude([])}>
            Leave them alone again
          </button>
        </Text>
      )}
    </section>
  );
}
