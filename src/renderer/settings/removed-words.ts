import type { RetentionCounts } from '../../contract/care.ts';
import { counted } from '../text/counted.ts';

/** `12 sessions, 90 observations`, without the kinds of which nothing was removed; null when there is nothing left to say. */
export function removedWords(removed: RetentionCounts): string | null {
  const { entries, ...kinds } = removed;
  const words = Object.entries(kinds)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => counted(count, kind.replace(/s$/, '')));
  if (entries > 0) words.push(`${entries.toLocaleString()} addresses, places, networks and devices`);
  return words.length === 0 ? null : words.join(', ');
}
