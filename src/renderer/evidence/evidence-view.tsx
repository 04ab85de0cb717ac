import type { Finding } from '../../contract/finding.ts';
import { EvidenceTree } from './evidence-tree.tsx';
import { travelEvidence } from './travel-evidence.ts';
import { TravelView } from './travel-view.tsx';

/** What a finding rests on, in the form that suits its rule. */
export function EvidenceView({ finding }: { finding: Finding }) {
  const travel = finding.rule === 'impossible-travel' ? travelEvidence(finding.evidence) : null;
  return travel === null ? <EvidenceTree evidence={finding.evidence} /> : <TravelView travel={travel} />;
}
