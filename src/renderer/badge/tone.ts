import type { FindingState } from '../../contract/finding.ts';
import type { RevocationItemState, RevocationState } from '../../contract/revocation.ts';
import type { Severity } from '../../contract/rules.ts';
import type { SessionState } from '../../contract/session.ts';
import type { Source } from '../../contract/source.ts';

/** The few colours that mean something; each is a CSS variable `--tone-…` that keeps 4.5:1 in both schemes. */
export type Tone = 'critical' | 'high' | 'medium' | 'low' | 'info' | 'good';

export const SEVERITIES = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
] as const satisfies readonly Severity[];

export const toneOfSession = {
  active: 'good',
  expired: 'info',
  ended: 'info',
  revoked: 'low',
  unknown: 'medium',
} as const satisfies Record<SessionState, Tone>;

export const toneOfFinding = {
  open: 'high',
  learning: 'low',
  suppressed: 'info',
  closed: 'info',
} as const satisfies Record<FindingState, Tone>;

export const toneOfHealth = {
  new: 'info',
  healthy: 'good',
  failing: 'critical',
} as const satisfies Record<Source['health'], Tone>;

export const toneOfJob = {
  planned: 'info',
  running: 'low',
  stopped: 'medium',
  partial: 'high',
  done: 'good',
} as const satisfies Record<RevocationState, Tone>;

export const toneOfItem = {
  planned: 'info',
  requested: 'low',
  accepted: 'low',
  verified: 'good',
  'still-present': 'critical',
  'already-gone': 'good',
  failed: 'critical',
  unverifiable: 'medium',
  skipped: 'info',
} as const satisfies Record<RevocationItemState, Tone>;

export function toneColor(tone: Tone): string {
  return `var(--tone-${tone})`;
}
