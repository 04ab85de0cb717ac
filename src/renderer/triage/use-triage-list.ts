import { useState } from 'react';
import { useKeys, type Keys } from '../shell/use-keys.ts';
import { useRowKeys } from '../table/use-row-keys.ts';
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
  const decide = () => {
    const ids = picks.keys.size > 0 ? [...picks.keys] : openId === null ? [] : [openId];
    if (ids.length > 0) setDeciding(ids);
  };
  useRowKeys({
    order,
    openKey: openId,
    open,
    close: () => (openId === null ? picks.clear() : open(undefined)),
  });
  useKeys({
    x: () => openId !== null && picks.pick(openId, false),
    X: () => openId !== null && picks.pick(openId, true),
    v: decide,
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
