import type { Severity } from '../../contract/rules.ts';
import { ToneBadge } from './tone-badge.tsx';

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <ToneBadge tone={severity}>{severity}</ToneBadge>;
}
