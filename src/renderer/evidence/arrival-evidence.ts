import { isRecord, sightingEnd, textOf, type SightingEnd } from './sighting-end.ts';

/** A person's first appearance in a country. */
export type ArrivalEvidence = {
  readonly sighting: SightingEnd;
  /** ISO 3166-1 alpha-2, as are `countriesBefore`. */
  readonly country: string;
  readonly countriesBefore: readonly string[];
  readonly deviceKnown: boolean;
};

/** Reads the evidence of a first appearance; null means "not of this shape". */
export function arrivalEvidence(evidence: unknown): ArrivalEvidence | null {
  if (!isRecord(evidence) || !Array.isArray(evidence.countriesBefore)) return null;
  const sighting = sightingEnd(evidence.sighting);
  const country = textOf(evidence.country);
  if (sighting === null || country === null) return null;
  const countriesBefore = evidence.countriesBefore.filter((each) => typeof each === 'string');
  return { sighting, country, countriesBefore, deviceKnown: evidence.deviceKnown === true };
}
