import type { RevocationItem, RevocationPlan } from '../../contract/revocation.ts';

/** More sessions than this are confirmed by typing their number; the engine insists on it too. */
export const MAX_UNTYPED = 25;

/** Shortest reason the engine takes, in characters. */
const MIN_REASON = 3;

/** Items that would be ended; the skipped ones are listed with their reasons but never asked for. */
export function plannedItems(plan: RevocationPlan): readonly RevocationItem[] {
  return plan.items.filter((item) => item.state !== 'skipped');
}

/** What still stands between the analyst and the button, as a sentence; null when nothing does. */
export function missingConfirmation(count: number, reason: string, typedCount: string): string | null {
  if (count === 0) return 'There is nothing left to end.';
  if (reason.trim().length < MIN_REASON) return 'Give a reason; it goes into the audit chain.';
  if (count > MAX_UNTYPED && typedCount.trim() !== String(count)) {
    return `Type ${count} to confirm that many sessions.`;
  }
  return null;
}
