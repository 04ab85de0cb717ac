import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { DraftsContext } from './drafts-context.ts';

/** Holds the unsent texts of all panels, which come and go with the rows they are of. */
export function DraftsProvider({ children }: { children: ReactNode }) {
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const keep = useCallback(
    (key: string, text: string | null) =>
      setTexts((before) => {
        const after = new Map(before);
        if (text === null) after.delete(key);
        else after.set(key, text);
        return after;
      }),
    [],
  );
  const drafts = useMemo(() => ({ texts, keep }), [texts, keep]);
  return <DraftsContext value={drafts}>{children}</DraftsContext>;
}
