/** `connecting`: not yet, or again on the way. `lost`: given up until the page is reloaded or opened anew. */
export type LinkState = 'connecting' | 'open' | 'lost';

export type LinkStates = {
  readonly state: () => LinkState;
  /** Calls `listener` after every change of state; answers its remover. */
  readonly onState: (listener: () => void) => () => void;
};

/** A state that tells its listeners when it changes; `lost` is final. */
export function linkStates(): LinkStates & { readonly set: (state: LinkState) => void } {
  const listeners = new Set<() => void>();
  let current: LinkState = 'connecting';
  return {
    state: () => current,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(state) {
      if (current === state || current === 'lost') return;
      current = state;
      for (const listener of [...listeners]) listener();
    },
  };
}
