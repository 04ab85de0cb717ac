import { distanceKm } from './company/globe.ts';
import type { History, Truth } from './company/history.ts';

/** Faster than any airliner, door to door with no time on the ground: nobody can have made it. */
const IMPOSSIBLE_KM_PER_HOUR = 1000;
/** Nearer than this no address database tells two places apart; such journeys are not claimed. */
const LEAST_KM = 300;

/** How far out of reach an attacker truly was. */
export type Journey = { readonly km: number; readonly kmPerHour: number };

/**
 * The attacks of an account that were physically impossible journeys, by the true positions and times: the attacker on an
 * own line, and the person on a line that comes out where they are, with less time between than the fastest airliner takes.
 * Of several such pairs the fastest. What any rule makes of it plays no part.
 */
export function impossibleJourneys({ truths }: History): ReadonlyMap<string, Journey> {
  const local = [...truths.values()].filter(({ isLocal }) => isLocal);
  const honest = local.filter(({ attack }) => attack === null).sort((a, b) => a.atMs - b.atMs);
  const journeys = new Map<string, Journey>();
  for (const truth of local) {
    if (truth.attack === null) continue;
    const journey = fastest(truth, honest);
    const known = journeys.get(truth.attack);
    if (journey !== null && (known === undefined || known.kmPerHour < journey.kmPerHour)) {
      journeys.set(truth.attack, journey);
    }
  }
  return journeys;
}

function fastest(attack: Truth, honest: readonly Truth[]): Journey | null {
  let best: Journey | null = null;
  for (const person of honest) {
    const km = distanceKm(attack.point, person.point);
    const hours = Math.abs(attack.atMs - person.atMs) / 3_600_000;
    const kmPerHour = km / Math.max(hours, 1 / 3600);
    if (km < LEAST_KM || kmPerHour <= IMPOSSIBLE_KM_PER_HOUR) continue;
    if (best === null || kmPerHour > best.kmPerHour) best = { km, kmPerHour };
  }
  return best;
}
