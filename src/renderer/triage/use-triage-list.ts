import { useState } from 'react';
import { useKeys, type Keys } from '../shell/use-keys.ts';
import { keyBeside } from '../table/key-beside.ts';
import { usePicks } from './use-picks.ts';

type Options = {
  /** Ids, as they are listed. */
  order: readonly string[];
  openId: string | null;
  open: (id: string | undefined) => void;
  /** Keys that this list has beside those of every one. */
  keys?: Keys;
};

/**
 * A list that is decided on: j and k open the next and the one before, x picks, v decides on what is picked, or on what is
 * open where nothing is.
 */
export function useTriageList({ order, openId, open, keys }: Options) {
  const picks = usePicks(order);
  const [deciding, setDeciding] = useState<readonly string[] | null>(null);
  const step = (by: number) => {
    const next = keyBeside(order, openId, by);
    if (next !== undefined) open(next);
  };
  const decide = () => {
    const ids = picks.keys.size > 0 ? [...picks.keys] : openId === null ? [] : [openId];
    if (ids.length > 0) setDeciding(ids);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    x: () => openId !== null && picks.pick(openId, false),
    X: () => openId !== null && picks.pick(openId, true),
    v: decide,
    Escape: () => (openId === null ? picks.clear() : open(undefined)),
    ...keys,
  });
  return {
    picks,
    /** Ids that wait for their verdict; null: no dialog is open. */
    deciding,
    decide,
    concludeDeciding: () => {
      setDeciding(null);
      picks.clear();
    },
  };
}
