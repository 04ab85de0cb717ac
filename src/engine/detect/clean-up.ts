import type { RuleId } from '../../contract/rules.ts';

/** Rules about tidiness: what they find is nobody's attack, waits for a quiet hour and never alerts. */
const cleanUpRules: ReadonlySet<RuleId> = new Set<RuleId>([
  'old-session',
  'idle-session',
  'never-expiring-session',
  'too-many-sessions',
  'outdated-client',
  'private-ip',
  'clock-problem',
]);

export function isCleanUp(rule: RuleId): boolean {
  return cleanUpRules.has(rule);
}
