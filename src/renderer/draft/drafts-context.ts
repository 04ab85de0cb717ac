import { createContext, use } from 'react';

type Drafts = {
  readonly texts: ReadonlyMap<string, string>;
  /** Null drops the draft. */
  readonly keep: (key: string, text: string | null) => void;
};

export const DraftsContext = createContext<Drafts | null>(null);

/**
 * What was typed under this key and is not sent yet, null where nothing was. It outlives the panel it was typed in, so that
 * a look at another row costs nobody a text; it does not outlive the page.
 */
export function useDraft(key: string) {
  const drafts = use(DraftsContext);
  if (drafts === null) throw new Error('A field was drawn outside of DraftsProvider.');
  return {
    text: drafts.texts.get(key) ?? null,
    keep: (text: string) => drafts.keep(key, text),
    drop: () => drafts.keep(key, null),
  };
}
