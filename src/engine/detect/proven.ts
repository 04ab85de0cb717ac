import type { Sighting } from './facts.ts';

/** Whether it was the person: a failed login is somebody who knows the name; so may be one of unknown outcome. */
export function isProven({ kind, outcome }: Sighting): boolean {
  return kind === 'login' ? outcome === 'success' : outcome !== 'failure';
}
