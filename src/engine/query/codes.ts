import type { EventOutcome } from '../../contract/event.ts';
import type { FindingState } from '../../contract/finding.ts';
import type { IncidentState } from '../../contract/incident.ts';
import type { IpClass } from '../../contract/place.ts';
import type { TimeQuality } from '../../contract/instant.ts';
import type { Severity } from '../../contract/rules.ts';
import type { SessionState } from '../../contract/session.ts';

/**
 * Closed lists as they are stored: a value's code is its place here, so places never move and new values go last.
 * Live states come before the final ones, so that "may still end by absence" is one comparison.
 */
export const sessionStates = [
  'active',
  'unknown',
  'expired',
  'ended',
  'revoked',
] as const satisfies SessionState[];
export const timeQualities = ['reported', 'derived', 'untrusted', 'missing'] as const satisfies TimeQuality[];
export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const satisfies Severity[];
export const findingStates = ['open', 'learning', 'suppressed', 'closed'] as const satisfies FindingState[];
export const incidentStates = ['open', 'closed'] as const satisfies IncidentState[];
export const eventKinds = ['login', 'failure', 'refresh', 'end'] as const;
export const eventOutcomes = ['success', 'failure', 'unknown'] as const satisfies EventOutcome[];
export const eventOrigins = ['reported', 'synthesised'] as const;
export const ipClasses = [
  'public',
  'private',
  'loopback',
  'link-local',
  'carrier-nat',
  'unique-local',
  'documentation',
  'multicast',
  'reserved',
] as const satisfies IpClass[];

/** The code of a value; throws when the value is not in the list, which is a bug and not input. */
export function codeOf(list: readonly string[], value: string): number {
  const code = list.indexOf(value);
  if (code < 0) throw new RangeError(`"${value}" has no code`);
  return code;
}

/** The value of a stored code; throws when there is none, which means a file written by something else. */
export function valueOf<T extends string>(list: readonly T[], code: number): T {
  const value = list[code];
  if (value === undefined) throw new RangeError(`code ${code} has no value`);
  return value;
}
