import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { distanceKm, type Point } from '../company/globe.ts';
import type { Alert } from '../detector.ts';

/** A successful login as peers see it: a point, without any doubt about it. */
export type Login = {
  readonly id: string;
  readonly atMs: number;
  readonly point: Point;
  readonly ip: string;
  readonly sighting: Sighting;
};

/** The successful logins of a person that have coordinates and an address, in time order: all that the peers look at. */
export function loginsOf({ sightings }: PersonFacts): readonly Login[] {
  return sightings.flatMap((sighting) => {
    const { id, kind, outcome, toMs, place, ip } = sighting;
    if (kind !== 'login' || outcome !== 'success' || ip === null) return [];
    const [lat, lon] = [place?.lat ?? null, place?.lon ?? null];
    return lat === null || lon === null ? [] : [{ id, atMs: toMs, point: { lat, lon }, ip, sighting }];
  });
}

export function countryOf({ sighting }: Login): string | null {
  return sighting.place?.country ?? null;
}

/** Whether a table knows the network for one of these kinds. */
export function isKnownAs({ sighting }: Login, ...kinds: readonly string[]): boolean {
  return sighting.network?.kinds.some((kind) => kinds.includes(kind)) ?? false;
}

/**
 * Distance and speed between two logins.
 *
 * @param leastHours what equal times are taken for
 */
export function trip(before: Login, after: Login, leastHours: number): { km: number; kmPerHour: number } {
  const km = distanceKm(before.point, after.point);
  const hours = (after.atMs - before.atMs) / 3_600_000;
  return { km, kmPerHour: km / (hours === 0 ? leastHours : hours) };
}

/** An alert about a pair of logins. */
export function pairAlert(rule: string, before: Login, after: Login, over: Partial<Alert> = {}): Alert {
  const sightings = [before.id, after.id];
  return {
    rule,
    severity: 'high',
    state: 'open',
    atMs: after.atMs,
    score: 70,
    sightings,
    finding: null,
    ...over,
  };
}
