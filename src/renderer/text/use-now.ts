import { useSyncExternalStore } from 'react';

const STEP_MS = 15_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, STEP_MS);
  return () => clearInterval(timer);
}

/**
 * The time in milliseconds, in steps of 15 s: enough for "3 minutes ago" without drawing all the time. Rounded up, so
 * that what has just happened never lies in the future.
 */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => Math.ceil(Date.now() / STEP_MS) * STEP_MS);
}
