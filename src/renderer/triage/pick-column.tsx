import { Checkbox } from '@mantine/core';
import type { Picks } from './use-picks.ts';

/** The boxes at the left of a table; `name` says in words what a row is. */
export function pickColumn<Row extends { readonly id: string }>(
  picks: Picks,
  what: string,
  name: (row: Row) => string,
) {
  return {
    header: (
      <Checkbox
        size="xs"
        aria-label={`Select all loaded ${what}`}
        checked={picks.isAll}
        indeterminate={picks.keys.size > 0 && !picks.isAll}
        onChange={picks.toggleAll}
      />
    ),
    cell: (row: Row) => (
      <Checkbox
        size="xs"
        aria-label={`Select ${name(row)}`}
        checked={picks.keys.has(row.id)}
        readOnly
        onClick={(event) => {
          event.stopPropagation();
          picks.pick(row.id, event.shiftKey);
        }}
      />
    ),
  };
}
