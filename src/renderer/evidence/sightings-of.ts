import type { Finding } from '../../contract/finding.ts';
import { isRecord, sightingEnd, textOf, type SightingEnd } from './sighting-end.ts';

export type IncidentSighting = { readonly id: string; readonly end: SightingEnd };

/** Evidence is a few levels deep; whatever is deeper is no sighting of ours. */
const MAX_DEPTH = 4;

/** Every sighting that the evidence of findings names, once, in the order of time. */
export function sightingsOf(findings: readonly Pick<Finding, 'evidence'>[]): readonly IncidentSighting[] {
  const found = new Map<string, SightingEnd>();
  const visit = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(value)) for (const inner of value) visit(inner, depth + 1);
    else if (isRecord(value)) {
      const end = sightingEnd(value);
      const id = textOf(value.sighting) ?? (end === null ? null : `${end.at ?? ''} ${end.ip ?? ''}`);
      if (end?.at != null && id !== null) found.set(id, end);
      else for (const inner of Object.values(value)) visit(inner, depth + 1);
    }
  };
  for (const { evidence } of findings) visit(evidence, 0);
  return [...found]
    .map(([id, end]) => ({ id, end }))
    .sort((a, b) => ((a.end.at ?? '') < (b.end.at ?? '') ? -1 : 1));
}
