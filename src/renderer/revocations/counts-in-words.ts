import type { RevocationCounts } from '../../contract/revocation.ts';

/** `12 verified, 2 failed`. */
export function countsInWords(counts: RevocationCounts): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count.toLocaleString()} ${state}`)
    .join(', ');
}
