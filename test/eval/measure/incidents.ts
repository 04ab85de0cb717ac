import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { prefixOf } from '../../../src/engine/enrich/ip.ts';
import type { Alert } from '../detector.ts';

/** Alerts of one person that are one thing to look at. */
export type Incident = { readonly alerts: readonly Alert[]; readonly score: number };

/** How alerts become incidents; the product's own takes this place by one line in `evaluate.ts`. */
export type Grouping = (alerts: readonly Alert[], facts: PersonFacts) => readonly Incident[];

const GAP_MS = 24 * 3_600_000;

/**
 * Detections 6.1: by person and attacker infrastructure, which is prefix, ASN and user-agent family of the sighting that set
 * the alert off, with a gap of 24 h. Scores combine as 1 − Π(1 − s/100).
 */
export const groupAlerts: Grouping = (alerts, { sightings }) => {
  if (alerts.length === 0) return [];
  const byId = new Map(sightings.map((sighting) => [sighting.id, sighting]));
  const open = new Map<string, { alerts: Alert[]; lastMs: number }>();
  const groups: { alerts: Alert[]; lastMs: number }[] = [];
  for (const alert of [...alerts].sort((a, b) => a.atMs - b.atMs)) {
    const last = byId.get(alert.sightings.at(-1) ?? '');
    const key = alert.infrastructure ?? (last === undefined ? alert.rule : infrastructureOf(last));
    const group = open.get(key);
    if (group !== undefined && alert.atMs - group.lastMs <= GAP_MS) {
      group.alerts.push(alert);
      group.lastMs = alert.atMs;
    } else {
      const fresh = { alerts: [alert], lastMs: alert.atMs };
      open.set(key, fresh);
      groups.push(fresh);
    }
  }
  return groups.map((group) => ({ alerts: group.alerts, score: combined(group.alerts) }));
};

/** Weak signals add up, and none saturates the score. */
export function combined(alerts: readonly Pick<Alert, 'score'>[]): number {
  return 100 * (1 - alerts.reduce((left, { score }) => left * (1 - score / 100), 1));
}

function infrastructureOf({ ip, network, device }: Sighting): string {
  return [ip === null ? '?' : prefixOf(ip), network?.asn ?? '?', device?.browser ?? '?'].join(' ');
}
