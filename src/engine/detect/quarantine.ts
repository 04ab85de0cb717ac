import { userAgentFamilyOf } from './device.ts';
import type { Infrastructure, Sighting } from './facts.ts';
import { prefixOfSighting } from './features.ts';
import type { DetectSettings } from './settings.ts';

/** What a true positive says of an attacker. */
export type AttackTrace = {
  readonly infrastructure: Infrastructure;
  readonly atMs: number;
  /** Keys of the sessions that the finding names. */
  readonly sessions: ReadonlySet<string>;
};

/**
 * Whether a sighting is the attacker's: it came from where the attack came from, in a session that the finding names or
 * within a day of it. The victim's own side of a comparison, and his later days on the same network, keep teaching.
 */
export function isOfAttacker(
  sighting: Sighting,
  { infrastructure, atMs, sessions }: AttackTrace,
  { incident }: DetectSettings,
): boolean {
  const isNamed = sighting.sessionKey !== null && sessions.has(sighting.sessionKey);
  const { prefix, asn, client } = infrastructure;
  if (prefix === null && asn === null) return isNamed && sighting.toMs >= atMs;
  if (isNamed ? sighting.toMs < atMs - incident.gapMs : Math.abs(sighting.toMs - atMs) > incident.gapMs)
    return false;
  if (prefix !== null && prefixOfSighting(sighting) === prefix) return true;
  return asn !== null && sighting.network?.asn === asn && userAgentFamilyOf(sighting) === client;
}
