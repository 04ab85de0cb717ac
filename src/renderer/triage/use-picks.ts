import { useState } from 'react';
import { nothingSelected, selectTo, toggle, toggleLoaded, type Selection } from '../sessions/selection.ts';

/** Rows of a list that are picked one by one; the next key press or click counts from the last one. */
export function usePicks(order: readonly string[]) {
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const keys: ReadonlySet<string> = selection.kind === 'keys' ? selection.keys : new Set();
  return {
    keys,
    pick: (key: string, isRange: boolean) =>
      setSelection(isRange ? selectTo(selection, key, order) : toggle(selection, key)),
    toggleAll: () => setSelection(toggleLoaded(selection, order)),
    clear: () => setSelection(nothingSelected),
    isAll: order.length > 0 && order.every((key) => keys.has(key)),
  };
}

export type Picks = ReturnType<typeof usePicks>;
