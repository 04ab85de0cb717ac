import type { RuleId } from '../../contract/rules.ts';

/** Rules about tidiness: what they find is nobody's attack, waits for a quiet hour and never alerts. */
export const cleanUpRules = [
  'old-session',
  'idle-session',
  'never-expiring-session',
  'too-many-sessions',
  'outdated-client',
  'private-ip',
  'clock-problem',
] as const satisfies readonly RuleId[];

const all: ReadonlySet<RuleId> = new Set<RuleId>(cleanUpRules);

export function isCleanUp(rule: RuleId): boolean {
  return all.has(rule);
}
