import { prefixOf } from '../enrich/ip.ts';
import { userAgentSimilarity } from '../enrich/user-agent-similarity.ts';
import type { Case } from './case.ts';
import type { Sighting } from './facts.ts';
import type { Unjudged } from './not-evaluable.ts';
import type { SessionStep } from './session-steps.ts';

/** What is different; `similarity` of the user agents without versions, null where one is missing. */
export type DeviceChange = {
  readonly parts: readonly string[];
  readonly similarity: number | null;
  readonly severity: 'critical' | 'medium';
};

/** How the device of a session's step changed; null when it did not, or nobody can tell. */
export function deviceChange(
  { before, after }: SessionStep,
  unjudged: Unjudged,
  person: Case,
): DeviceChange | null {
  if (after.idReconnects) {
    unjudged.add(
      'The source gives a session a new id at each reconnect, so it is no proof of one device.',
      after,
    );
    return null;
  }
  if (isSameClient(before, after)) return null;
  const similarity = similarityOf(before, after);
  const parts = changedParts(before, after);
  if (parts === null && similarity === null) {
    unjudged.add('The source states no device for one of two sightings of a session.', before, after);
    return null;
  }
  const isOtherAgent = similarity !== null && similarity < person.settings.session.minUserAgentSimilarity;
  const isOtherBrowser =
    similarity === null && parts?.length === 0 && isOther(browserFamily(before), browserFamily(after));
  const changed = [
    ...(parts ?? []),
    ...(isOtherAgent ? ['user agent'] : []),
    ...(isOtherBrowser ? ['browser'] : []),
  ];
  if (changed.length > 0) return { parts: changed, similarity, severity: 'critical' };
  const version = versionChange(before, after, person);
  return version === null ? null : { parts: ['browser version'], similarity, severity: version };
}

/** Nearly every step: one record of one text. */
function isSameClient(before: Sighting, after: Sighting): boolean {
  const { userAgent } = after;
  return (
    before.device === after.device && before.userAgent === userAgent && userAgent !== null && userAgent !== ''
  );
}

function isOther(before: string | null, after: string | null): boolean {
  return before !== null && after !== null && before !== after;
}

/** How bad another version of the same browser is; null for an update, and for versions nobody knows. */
function versionChange(before: Sighting, after: Sighting, { baseline }: Case): 'critical' | 'medium' | null {
  const [from, to] = [before.device?.browserVersion ?? null, after.device?.browserVersion ?? null];
  if (from === null || to === null || browserFamily(before) !== browserFamily(after)) return null;
  const rise = Number.parseInt(to, 10) - Number.parseInt(from, 10);
  if (Number.isNaN(rise) || rise === 0 || !isElsewhere(before, after)) return null;
  if (rise < 0) return 'critical';
  const asn = after.network?.asn ?? null;
  return asn !== null && !baseline.known('asn', String(asn), after.toMs) ? 'medium' : null;
}

/** Another network: another number where both are known, else another address range. */
function isElsewhere({ ip, network }: Sighting, after: Sighting): boolean {
  if (network?.asn != null && after.network?.asn != null) return network.asn !== after.network.asn;
  return ip !== null && after.ip !== null && prefixOf(ip) !== prefixOf(after.ip);
}

/** A part that is unknown on one side has not changed; null when no part can be compared. */
function changedParts({ device: a }: Sighting, { device: b }: Sighting): readonly string[] | null {
  if (a === null || b === null) return null;
  const hasOs = a.os !== null && b.os !== null;
  const hasKind = a.kind !== 'unknown' && b.kind !== 'unknown';
  if (!hasOs && !hasKind) return null;
  return [
    ...(hasOs && a.os !== b.os ? ['operating system'] : []),
    ...(hasKind && a.kind !== b.kind ? ['device type'] : []),
  ];
}

function similarityOf({ userAgent: a }: Sighting, { userAgent: b }: Sighting): number | null {
  if (a === null || b === null || a.trim() === '' || b.trim() === '') return null;
  return a === b ? 1 : userAgentSimilarity(a, b);
}

/** The browser's family, the same on phones and desktops. */
export function browserFamily({ device }: Sighting): string | null {
  return device?.browser?.replace(/^Mobile /, '') ?? null;
}
