import type { NetworkKind } from '../../contract/place.ts';
import type { Severity } from '../../contract/rules.ts';
import type { Case } from './case.ts';
import { commonWords, isCommon } from './common.ts';
import type { Detour } from './detours.ts';
import { rounded, sightingEvidence, type SightingEvidence } from './evidence.ts';
import type { RuleFinding } from './facts.ts';
import { findingOf } from './finding.ts';
import { lowered } from './severity-steps.ts';
import { addressName, deviceName, moment, networkName, personName, placeName } from './words.ts';

export type DetourEvidence = {
  readonly sighting: SightingEvidence;
  /** What the network is told of for, and everything it is known as, the analyst's lists among it. */
  readonly kind: NetworkKind;
  readonly kinds: readonly NetworkKind[];
  /** No such network was seen with the person in the days before. */
  readonly isFirst: boolean;
  readonly withinDays: number;
  readonly commonInOrganisation: boolean;
  /** The address is not where the person is. */
  readonly placeUnreliable: true;
};

/** What a rule makes of a detour. */
export type DetourClaim = {
  readonly severity: Severity;
  /** Fires for people without a history too. */
  readonly isFromTheStart?: true;
  /** Lowered one step where the network is common in the organisation. */
  readonly hasPrior?: true;
  readonly suppressedBy?: string | null;
  /** Sentences: why it is worth telling, and how sure it is. */
  readonly why: readonly string[];
  readonly wrong: string;
};

/** What a kind is called in a title. */
const kindNames: Partial<Record<NetworkKind, string>> = {
  hosting: 'a data centre',
  vpn: 'a VPN',
  proxy: 'a proxy',
  'residential-proxy': 'a proxy in somebody’s home',
  tor: 'Tor',
  relay: 'a privacy relay',
  satellite: 'a satellite',
};

/** The finding that a detour is worth. */
export function detourFinding(detour: Detour, claim: DetourClaim, person: Case): RuleFinding {
  const { sighting, rule, kind } = detour;
  const { facts, baseline } = person;
  const asn = sighting.network?.asn ?? null;
  const isCommonThere =
    claim.hasPrior === true && asn !== null && isCommon(person, 'asn', String(asn), sighting.toMs);
  const prior = commonWords(isCommonThere, person);
  return findingOf({
    rule,
    severity: isCommonThere ? lowered(claim.severity) : claim.severity,
    about: sighting,
    key: [asn === null ? '' : `AS${asn}`, String(sighting.toMs), sighting.sessionKey ?? ''],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `Through ${kindNames[kind] ?? kind}: ${networkName(sighting.network)}`,
    explanation: [
      `${personName(facts, sighting)} came through ${kindNames[kind] ?? kind} at ${moment(sighting.toMs)}, from ` +
        `${addressName(sighting)}, with ${deviceName(sighting.device)}. The databases place that address in ` +
        `${placeName(sighting.place)}, which is not where the person is.`,
      ...claim.why,
      ...(prior === null ? [] : [prior]),
      ...(claim.suppressedBy == null ? [] : [`Not alerted. ${claim.suppressedBy}`]),
      `What would make it wrong: ${claim.wrong}`,
    ],
    evidence: evidenceOf(detour, isCommonThere, person),
    isLearning: claim.isFromTheStart !== true && !baseline.mature(sighting.toMs),
    suppressedBy: claim.suppressedBy ?? null,
  });
}

function evidenceOf(
  { sighting, kind, kinds, isFirst }: Detour,
  commonInOrganisation: boolean,
  { settings }: Case,
): DetourEvidence {
  return {
    sighting: sightingEvidence(sighting),
    kind,
    kinds: [...kinds],
    isFirst,
    withinDays: rounded(settings.learning.lookBackMs / 86_400_000, 1),
    commonInOrganisation,
    placeUnreliable: true,
  };
}

/** Why a data centre or a VPN is no news; null when it is. */
export function gatewayReason({ sighting, kinds }: Detour, { facts }: Case): string | null {
  if (kinds.includes('corporate')) return 'The network is a gateway of the company.';
  const user = facts.users.find(({ source, userId }) => {
    return source === sighting.source && userId === sighting.userId;
  });
  return user?.tags.includes('service')
    ? 'The user is a service account, which lives in data centres.'
    : null;
}
