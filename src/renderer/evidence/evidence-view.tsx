import type { Finding } from '../../contract/finding.ts';
import { arrivalEvidence } from './arrival-evidence.ts';
import { ArrivalView } from './arrival-view.tsx';
import { changeEvidence } from './change-evidence.ts';
import { ChangeView } from './change-view.tsx';
import { EvidenceTree } from './evidence-tree.tsx';
import { travelEvidence } from './travel-evidence.ts';
import { TravelView } from './travel-view.tsx';

/**
 * What a finding rests on, in the form that suits its rule. Evidence is open JSON that outlives the version that wrote
 * it: what isn't of a known shape is shown as it is.
 */
export function EvidenceView({ finding: { evidence } }: { finding: Finding }) {
  const travel = travelEvidence(evidence);
  if (travel !== null) return <TravelView travel={travel} />;
  const change = changeEvidence(evidence);
  if (change !== null) return <ChangeView change={change} />;
  const arrival = arrivalEvidence(evidence);
  if (arrival !== null) return <ArrivalView arrival={arrival} />;
  return <EvidenceTree evidence={evidence} />;
}
