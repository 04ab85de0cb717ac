import { campaignsOf, type CampaignEvidence, type Flag } from '../../../src/engine/detect/campaign.ts';
import type { FactsUser } from '../../../src/engine/detect/facts.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import type { Alert } from '../detector.ts';
import { alertOf } from '../our-rules.ts';

/** What was said of one account. */
export type Judged = { readonly user: FactsUser; readonly alerts: readonly Alert[] };

type Flagged = Flag & { readonly alert: Alert };

/** Campaigns among the findings of a company, by the user whose finding it is. */
export function campaignAlertsOf(accounts: readonly Judged[]): ReadonlyMap<string, readonly Alert[]> {
  const flags = accounts.flatMap(({ user, alerts }) => alerts.flatMap((alert) => flagOf(user, alert) ?? []));
  const campaigns = campaignsOf(flags, defaultSettings).map((finding) => {
    // What every campaign shows: see `campaignFinding`.
    const evidence = finding.evidence as CampaignEvidence;
    const own = flags.filter((flag) => belongs(flag, evidence));
    const alert = alertOf(finding, [...new Set(own.flatMap(({ alert: { sightings } }) => sightings))]);
    return { userId: finding.userId, alert };
  });
  const byUser = Map.groupBy(campaigns, ({ userId }) => userId);
  return new Map([...byUser].map(([userId, list]) => [userId, list.map(({ alert }) => alert)]));
}

/** As the store picks them: open ones that say where they came from. */
function flagOf({ source, userId, userName }: FactsUser, alert: Alert): Flagged | null {
  const { finding, severity, state, atMs } = alert;
  if (finding === null || state !== 'open') return null;
  const { infrastructure, sessions, rule } = finding;
  if (infrastructure.prefix === null && infrastructure.asn === null) return null;
  const person = userId;
  return { person, source, userId, userName, rule, severity, atMs, infrastructure, sessions, alert };
}

function belongs(
  { atMs, infrastructure }: Flagged,
  { prefix, asn, client, from, to }: CampaignEvidence,
): boolean {
  const isNear = atMs >= Date.parse(from ?? '') && atMs <= Date.parse(to ?? '');
  const isShared =
    prefix === null
      ? infrastructure.asn === asn && infrastructure.client === client
      : infrastructure.prefix === prefix;
  return isNear && isShared;
}
