import type { NetworkKind } from '../../contract/place.ts';
import type { RuleId } from '../../contract/rules.ts';
import { Appearances } from './appearances.ts';
import type { Sighting } from './facts.ts';
import { prefixOfSighting } from './features.ts';
import type { Survey } from './survey.ts';

/** The rules that tell of networks behind which a person is somewhere else. */
export type DetourRule = RuleId & ('hosting-network' | 'vpn-or-proxy' | 'tor-exit' | 'relay-or-satellite');

/** A person comes to a network that hides where he is: first of all, or after some time without it. */
export type Detour = {
  readonly rule: DetourRule;
  /** What the network is told of for. */
  readonly kind: NetworkKind;
  /** Everything it is known as. */
  readonly kinds: readonly NetworkKind[];
  readonly sighting: Sighting;
  /** No network that the same rule tells of was seen in the look-back before. */
  readonly isFirst: boolean;
};

/**
 * One rule tells of a network, by what says most of it: a Tor exit stands in a data centre, and so do a browser's relay and
 * most VPNs. A company's gateway that is nothing else is no news.
 */
const ruleByKind: readonly (readonly [NetworkKind, DetourRule])[] = [
  ['tor', 'tor-exit'],
  ['relay', 'relay-or-satellite'],
  ['residential-proxy', 'vpn-or-proxy'],
  ['vpn', 'vpn-or-proxy'],
  ['proxy', 'vpn-or-proxy'],
  ['satellite', 'relay-or-satellite'],
  ['hosting', 'hosting-network'],
];

/**
 * Every arrival at a provider of such networks (not seen with the person in the look-back before), and at Tor, whose exits change,
 * after each day without it. O(n); memory grows with the number of providers.
 *
 * @param proven sightings that are surely the person's, in time order
 */
export function detoursOf(proven: readonly Sighting[], survey: Survey): readonly Detour[] {
  const { learning, network } = survey.settings;
  const seen = new Appearances();
  const detours: Detour[] = [];
  for (const sighting of proven) {
    const kinds = survey.kinds(sighting);
    const [kind, rule] = (kinds.length === 0 ? undefined : toldKind(kinds, sighting)) ?? [];
    if (kind === undefined || rule === undefined) continue;
    const isTor = rule === 'tor-exit';
    const isFirst = seen.isNew(rule, sighting, learning.lookBackMs);
    const unseenMs = isTor ? network.toldAgainAfterMs : learning.lookBackMs;
    const isNew = seen.isNew(`${rule} of ${isTor ? 'any' : providerOf(sighting)}`, sighting, unseenMs);
    if (isNew) detours.push({ rule, kind, kinds, sighting, isFirst });
  }
  return detours;
}

function toldKind(kinds: readonly NetworkKind[], sighting: Sighting) {
  const told = ruleByKind.find(([kind]) => kinds.includes(kind));
  return told?.[0] === 'hosting' && !isInteractive(sighting) ? undefined : told;
}

/** A script in a data centre is at home there. */
function isInteractive({ device }: Sighting): boolean {
  return device?.kind !== 'script' && device?.kind !== 'bot';
}

/** Who runs the network: its number, else its name, else the address range. */
function providerOf(sighting: Sighting): string {
  const { asn = null, org = null } = sighting.network ?? {};
  return asn === null ? (org ?? prefixOfSighting(sighting) ?? 'unknown') : `AS${asn}`;
}
