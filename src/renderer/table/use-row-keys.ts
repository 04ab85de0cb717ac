import { useKeys } from '../shell/use-keys.ts';
import { keyBeside } from './key-beside.ts';

type Options = {
  /** Keys of the rows, as they are listed. */
  order: readonly string[];
  openKey: string | null;
  open: (key: string) => void;
  close: () => void;
};

/** The keys of a list that opens what it comes to: j, k and the arrows go from row to row, Esc closes. */
export function useRowKeys({ order, openKey, open, close }: Options): void {
  const step = (by: number) => {
    const next = keyBeside(order, openKey, by);
    if (next !== undefined) open(next);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: close,
  });
}
