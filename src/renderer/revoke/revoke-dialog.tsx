import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../engine-client.ts';
import { DraftDialog } from '../frame/draft-dialog.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { PlanPreview } from './plan-preview.tsx';
import type { RevokeRequest } from './revoke-context.ts';
import { RevocationProgress } from './revocation-progress.tsx';

/** Plan, confirm, watch: from a selection to sessions that are proven to be gone. */
export function RevokeDialog({ request, onClose }: { request: RevokeRequest; onClose: () => void }) {
  const engine = useEngine();
  const [includeCurrent, setIncludeCurrent] = useState<readonly string[]>([]);
  const [jobId, setJobId] = useState<string | null>(null);
  const [openedAt] = useState(() => Date.now());
  const plan = useQuery({
    queryKey: ['plan', openedAt, request, includeCurrent],
    queryFn: () =>
      engine.revocations.plan.mutate({
        query: request.query,
        keys: [...request.keys],
        includeCurrent: [...includeCurrent],
      }),
    gcTime: 0,
    retry: false,
    // A new plan for one more session replaces the old one on screen without a flash.
    placeholderData: (before) => before,
  });

  return (
    <DraftDialog
      onClose={onClose}
      size={920}
      yOffset="2dvh"
      title={jobId === null ? 'End sessions' : 'Ending sessions'}
      closeOnClickOutside={false}
      isSent={jobId !== null}
    >
      {jobId !== null ? (
        <RevocationProgress id={jobId} onClose={onClose} />
      ) : (
        <Fetched result={plan} lines={10}>
          {(frozen) => (
            <PlanPreview
              plan={frozen}
              isPlanning={plan.isFetching}
              includeCurrent={includeCurrent}
              onInclude={setIncludeCurrent}
              onStarted={setJobId}
              onCancel={onClose}
            />
          )}
        </Fetched>
      )}
    </DraftDialog>
  );
}
