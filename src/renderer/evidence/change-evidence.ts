import { isRecord, numberOf, sightingEnd, type SightingEnd } from './sighting-end.ts';

/** One session before and after it changed device or network. */
export type ChangeEvidence = {
  readonly before: SightingEnd;
  readonly after: SightingEnd;
  /** 0–1, of both user agents without their versions; null where one is missing or the rule doesn't compare them. */
  readonly userAgentSimilarity: number | null;
};

/** Reads the evidence of a change within one session; null means "not of this shape". */
export function changeEvidence(evidence: unknown): ChangeEvidence | null {
  if (!isRecord(evidence)) return null;
  const before = sightingEnd(evidence.before);
  const after = sightingEnd(evidence.after);
  if (before === null || after === null) return null;
  return { before, after, userAgentSimilarity: numberOf(evidence.userAgentSimilarity) };
}
