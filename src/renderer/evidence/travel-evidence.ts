import { isRecord, numberOf, sightingEnd, textOf, type SightingEnd } from './sighting-end.ts';

/** One end of a travel finding: a sighting with a circle around it. */
export type TravelEnd = SightingEnd & {
  readonly lat: number;
  readonly lon: number;
  readonly radiusKm: number | null;
  readonly level: string | null;
  readonly line: string | null;
};

/** The numbers of an impossible journey; distances in kilometres, times in hours, probabilities 0–1. */
export type TravelEvidence = {
  readonly from: TravelEnd;
  readonly to: TravelEnd;
  readonly distanceKm: number;
  readonly gapHours: number;
  readonly sigmaKm: number;
  readonly reachKm: number;
  readonly probability: number;
  readonly probabilityBeforeCap: number | null;
  readonly cap: number | null;
  readonly fastestTripHours: number;
  /** What of the gap is spent on the ground; not 0 where the journey is likely rather than beyond doubt. */
  readonly groundHours: number;
  readonly newDevice: boolean;
};

/**
 * Reads travel evidence. Evidence is open JSON that outlives the version that wrote it, so null means "not of this
 * shape" and the generic view is shown instead.
 */
export function travelEvidence(evidence: unknown): TravelEvidence | null {
  if (!isRecord(evidence)) return null;
  const from = endOf(evidence.from);
  const to = endOf(evidence.to);
  const distanceKm = numberOf(evidence.distanceKm);
  const gapHours = numberOf(evidence.gapHours);
  const sigmaKm = numberOf(evidence.sigmaKm);
  const reachKm = numberOf(evidence.reachKm);
  const probability = numberOf(evidence.probability);
  const fastestTripHours = numberOf(evidence.fastestTripHours);
  if (from === null || to === null || distanceKm === null || gapHours === null || sigmaKm === null)
    return null;
  if (reachKm === null || probability === null || fastestTripHours === null) return null;
  return {
    from,
    to,
    distanceKm,
    gapHours,
    sigmaKm,
    reachKm,
    probability,
    probabilityBeforeCap: numberOf(evidence.probabilityBeforeCap),
    cap: numberOf(evidence.cap),
    fastestTripHours,
    groundHours: numberOf(evidence.groundHours) ?? 0,
    newDevice: evidence.newDevice === true,
  };
}

function endOf(value: unknown): TravelEnd | null {
  const end = sightingEnd(value);
  if (end === null || !isRecord(value)) return null;
  const lat = numberOf(value.lat);
  const lon = numberOf(value.lon);
  if (lat === null || lon === null) return null;
  return {
    ...end,
    lat,
    lon,
    radiusKm: numberOf(value.radiusKm),
    level: textOf(value.level),
    line: textOf(value.line),
  };
}
