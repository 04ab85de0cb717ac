import { createContext, use, useSyncExternalStore } from 'react';
import type { EngineClient, EngineLink } from '../link/client.ts';
import type { LinkState } from '../link/link-state.ts';

export type { EngineClient, EngineLink };
export type ConnectionState = LinkState;

/** The page's way to the engine; hosts differ only in how they make one. */
export const EngineLinkContext = createContext<EngineLink | null>(null);

/** The whole contract, typed: every page talks to the engine through this and nothing else. */
export function useEngine(): EngineClient {
  return useEngineLink().client;
}

export function useConnectionState(): ConnectionState {
  const link = useEngineLink();
  return useSyncExternalStore(link.onState, link.state);
}

function useEngineLink(): EngineLink {
  const link = use(EngineLinkContext);
  if (link === null) throw new Error('A page was drawn outside of EngineLinkContext.');
  return link;
}
