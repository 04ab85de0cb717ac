/** One end of a travel finding, as the rule wrote it into the evidence. */
export type TravelEnd = {
  readonly lat: number;
  readonly lon: number;
  readonly radiusKm: number | null;
  readonly level: string | null;
  readonly at: string | null;
  readonly session: string | null;
  readonly source: string | null;
  readonly ip: string | null;
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly asn: number | null;
  readonly org: string | null;
  readonly browser: string | null;
  readonly os: string | null;
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
    newDevice: evidence.newDevice === true,
  };
}

function endOf(value: unknown): TravelEnd | null {
  if (!isRecord(value)) return null;
  const lat = numberOf(value.lat);
  const lon = numberOf(value.lon);
  if (lat === null || lon === null) return null;
  const text = (name: string) => textOf(value[name]);
  return {
    lat,
    lon,
    radiusKm: numberOf(value.radiusKm),
    level: text('level'),
    at: text('at'),
    session: text('session'),
    source: text('source'),
    ip: text('ip'),
    country: text('country'),
    region: text('region'),
    city: text('city'),
    asn: numberOf(value.asn),
    org: text('org'),
    browser: text('browser'),
    os: text('os'),
    line: text('line'),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
