import { createContext, use } from 'react';

/** Which sessions to plan for: a query, picked keys, or both. */
export type RevokeRequest = { readonly query: string | null; readonly keys: readonly string[] };

export const RevokeContext = createContext<((request: RevokeRequest) => void) | null>(null);

/** Opens the revoke dialog for these sessions; nothing is ended before the analyst confirms the plan. */
export function useRevoke(): (request: RevokeRequest) => void {
  const open = use(RevokeContext);
  if (open === null) throw new Error('A page was drawn outside of RevokeProvider.');
  return open;
}
