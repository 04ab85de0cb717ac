import { userAgentFamilyOf } from '../../../src/engine/detect/device.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { prefixOfSighting } from '../../../src/engine/detect/features.ts';
import { groupIncidents, type Groupable } from '../../../src/engine/detect/incident.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { isAlarm, type Alert } from '../detector.ts';

/** Alarms of one person that are one thing to look at. */
export type Incident = { readonly alerts: readonly Alert[]; readonly score: number };

/**
 * What an analyst is alerted to, by the product's own grouping with default settings: alerts that share a trace within 24 hours,
 * where at least one that waits is medium and no clean-up. A peer's alerts go by the same measure.
 */
export function groupAlerts(
  alerts: readonly Alert[],
  { sightings }: Pick<PersonFacts, 'sightings'>,
): readonly Incident[] {
  if (!alerts.some(isAlarm)) return [];
  const byId = new Map(sightings.map((sighting) => [sighting.id, sighting]));
  const groupable = alerts.map((alert) => {
    const finding = alert.finding ?? findingOfPeer(alert, byId.get(alert.sightings.at(-1) ?? ''));
    return { ...finding, alert };
  });
  return groupIncidents(groupable, defaultSettings)
    .filter(({ isAlerting }) => isAlerting)
    .map(({ findings, score }) => ({ alerts: findings.map(({ alert }) => alert).filter(isAlarm), score }));
}

/** Rules whose findings make it one that alerts; the others only came along. */
export function alertingRules({ alerts }: Incident): readonly string[] {
  const alerting = alerts.filter(({ finding }) => {
    return (
      finding !== null && groupIncidents([finding], defaultSettings).some(({ isAlerting }) => isAlerting)
    );
  });
  return [...new Set(alerting.map(({ rule }) => rule))];
}

/** Weak signals add up, and none saturates the score. */
export function combined(alerts: readonly Pick<Alert, 'score'>[]): number {
  return 100 * (1 - alerts.reduce((left, { score }) => left * (1 - score / 100), 1));
}

/** A peer's rules are about travel, whatever they are called. */
function findingOfPeer({ severity, state, atMs }: Alert, last: Sighting | undefined): Groupable {
  const infrastructure =
    last === undefined
      ? { prefix: null, asn: null, client: null }
      : {
          prefix: prefixOfSighting(last),
          asn: last.network?.asn ?? null,
          client: userAgentFamilyOf(last),
        };
  return { rule: 'impossible-travel', severity, state, atMs, sessions: [], infrastructure };
}
