import { Button, Loader } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { PlugZap, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useSystemInfo } from '../data/use-system-info.ts';
import { useConnectionState } from '../engine-client.ts';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { PAGE_PROTOCOL_REVISION } from './protocol-revision.ts';

/** An engine answers within half a second at a million sessions (docs/benchmarks.md): what takes this long has a reason. */
const USUAL_START_MS = 8_000;

/** Lets the page in once it is connected to an engine that speaks its contract. */
export function Gate({ children }: { children: ReactNode }) {
  const state = useConnectionState();
  const info = useSystemInfo();
  const [wasIn, setWasIn] = useState(false);
  if (!wasIn && info.isSuccess) setWasIn(true);

  if (state === 'lost') {
    return (
      <EmptyNotice
        icon={<PlugZap size={28} />}
        title="The page is not connected to an engine"
        action={<Button onClick={() => location.reload()}>Reload the page</Button>}
      >
        Either Sessionscope was closed, or this one-time address was used before. Start Sessionscope again, or
        open the new address that its host prints. Nothing that was running is lost.
      </EmptyNotice>
    );
  }
  if (info.data && info.data.protocolRevision !== PAGE_PROTOCOL_REVISION) {
    return (
      <EmptyNotice
        icon={<TriangleAlert size={28} />}
        title="The page and the engine are of different versions"
        action={<Button onClick={() => location.reload()}>Reload the page</Button>}
      >
        This page speaks revision {PAGE_PROTOCOL_REVISION} of the contract, the engine{' '}
        {info.data.protocolRevision}. Reload; if it stays so, start Sessionscope again.
      </EmptyNotice>
    );
  }
  if (wasIn) return children;
  if (info.isError) return <ProblemNotice error={info.error} onRetry={() => void info.refetch()} />;
  return <Connecting />;
}

function Connecting() {
  const [isSlow, setIsSlow] = useState(false);
  useTimeout(() => setIsSlow(true), USUAL_START_MS, { autoInvoke: true });
  return (
    <EmptyNotice icon={<Loader size="sm" />} title="Connecting to the engine">
      {isSlow
        ? `It takes longer than usual. After an update a large database is brought up to date first: some minutes for a
          million sessions. Nothing is lost if Sessionscope is closed meanwhile.`
        : 'This takes a moment after a start.'}
    </EmptyNotice>
  );
}
