import { useCallback, useState, type ReactNode } from 'react';
import { RevokeContext, type RevokeRequest } from './revoke-context.ts';
import { RevokeDialog } from './revoke-dialog.tsx';

/** Holds the one revoke dialog, which any page can open. */
export function RevokeProvider({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<RevokeRequest | null>(null);
  const open = useCallback((next: RevokeRequest) => setRequest(next), []);
  return (
    <RevokeContext value={open}>
      {children}
      {request !== null && <RevokeDialog request={request} onClose={() => setRequest(null)} />}
    </RevokeContext>
  );
}
