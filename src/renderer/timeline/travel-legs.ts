import type { Finding } from '../../contract/finding.ts';
import { travelEvidence } from '../evidence/travel-evidence.ts';

/** A journey between two rows of the timeline. */
export type TravelLeg = {
  readonly finding: Finding;
  readonly fromRow: number;
  readonly fromMs: number;
  readonly toRow: number;
  readonly toMs: number;
};

/** The journeys of travel findings whose both ends are on the timeline. */
export function travelLegs(
  findings: readonly Finding[],
  rowOf: ReadonlyMap<string, number>,
): readonly TravelLeg[] {
  return findings.flatMap((finding) => {
    const travel = finding.rule === 'impossible-travel' ? travelEvidence(finding.evidence) : null;
    if (travel?.from.at == null || travel.to.at === null) return [];
    const fromRow = rowOf.get(travel.from.session ?? '');
    const toRow = rowOf.get(travel.to.session ?? '');
    if (fromRow === undefined || toRow === undefined) return [];
    return [{ finding, fromRow, fromMs: Date.parse(travel.from.at), toRow, toMs: Date.parse(travel.to.at) }];
  });
}
