import type { Company } from './company/company.ts';
import type { AttackKind, History } from './company/history.ts';
import { impossibleJourneys, type Journey } from './impossible.ts';
import { bucketOf, type HistoryBucket } from './measure/ranking.ts';

/** An attack as the measurements know it. */
export type AttackRecord = {
  readonly kind: AttackKind;
  readonly startMs: number;
  /** Successful logins of the victim before it; of a campaign those of its first victim. */
  readonly history: HistoryBucket;
  /** How far out of reach the attacker truly was; null: a person could have made it, or nobody can know. */
  readonly journey: Journey | null;
};

/**
 * Adds the attacks on one account; a campaign comes back with every account that it touched. What began before alerts count, or
 * after the last moment that anybody looks at, is no attack that could be missed.
 */
export function recordAttacks(
  history: History,
  records: Map<string, AttackRecord>,
  { measuredFromMs, nowMs }: Pick<Company, 'measuredFromMs' | 'nowMs'>,
): void {
  const journeys = impossibleJourneys(history);
  const { sightings, truths } = history;
  for (const { id, kind } of history.attacks) {
    const startMs = sightings.find((sighting) => truths.get(sighting.id)?.attack === id)?.toMs ?? 0;
    if (startMs < measuredFromMs || startMs > nowMs) continue;
    const loginsBefore = sightings.filter((sighting) => {
      const isHonest = truths.get(sighting.id)?.attack === null;
      return (
        isHonest && sighting.toMs < startMs && sighting.kind === 'login' && sighting.outcome === 'success'
      );
    });
    const known = records.get(id);
    records.set(id, {
      kind,
      startMs: Math.min(startMs, known?.startMs ?? Infinity),
      history: known?.history ?? bucketOf(loginsBefore.length),
      journey: known?.journey ?? journeys.get(id) ?? null,
    });
  }
}
