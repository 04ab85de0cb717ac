import type { RuleFinding } from '../../src/engine/detect/facts.ts';
import { identityOf } from '../../src/engine/store/finding-identity.ts';
import type { UserFindings } from '../../src/engine/store/judgement.ts';
import { toldFinding } from '../../src/engine/store/told-finding.ts';

/** What rules say of a user, as the store takes it. */
export function found(user: number, ...findings: readonly RuleFinding[]): UserFindings {
  return { user, findings: findings.map((finding) => toldFinding(finding, identityOf(finding), [])) };
}
