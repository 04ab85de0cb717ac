import { isoInstant } from '../iso-instant.ts';

/** Milliseconds as the contract writes moments. */
export const iso = isoInstant;

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
