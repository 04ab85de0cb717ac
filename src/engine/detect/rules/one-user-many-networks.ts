import { burstsOf, type Burst } from '../bursts.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { prefixOfSighting } from '../features.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import { lazily } from '../remembered.ts';
import type { Rule } from '../rule.ts';
import { lowerBound } from '../sorted-times.ts';
import { addressName, moment, personName, plural } from '../words.ts';

const DAY_MS = 86_400_000;

/**
 * A person is seen in more networks within 24 hours than six, and than three times the 95th percentile of the days of the last
 * 90 (detections 4.6, B8). Addresses of one autonomous system are one network.
 *
 * Can't judge: sightings without an address or network.
 */
export const oneUserManyNetworks: Rule = {
  id: 'one-user-many-networks',
  cannotJudge: ['sightings without an address or network'],
  lowered: [
    'people who often change networks: up to three times as many is normal',
    'addresses of one network (ASN): count once',
  ],
  settings: [
    'volume.networks',
    'volume.networksTimesUsual',
    'volume.networksWithinMs',
    'learning.lookBackMs',
  ],
  judge(person, unjudged) {
    const { networks, networksWithinMs } = person.settings.volume;
    const hasNone = (sighting: Sighting) => networkOf(sighting) === null;
    tellMissing(unjudged, person.seen(), hasNone, 'The sighting has no address and no network.');
    if (!hasMoreNetworksThan(networks, person.seen())) return [];
    const usual = lazily(() => dailyNetworks(person.seen()));
    const isMany = (distinct: number, atMs: number) =>
      distinct > networks &&
      distinct > person.settings.volume.networksTimesUsual * usualAt(usual(), atMs, person);
    return burstsOf(
      person.seen(),
      networksWithinMs,
      ({ distinct, atMs }) => isMany(distinct, atMs),
      networkOf,
    )
      .filter(({ reached }) => person.isJudged(reached.toMs))
      .map((burst) => networksFinding(burst, usualAt(usual(), burst.reached.toMs, person), person));
  },
};

export type OneUserManyNetworksEvidence = {
  readonly networks: readonly string[];
  readonly networkCount: number;
  /** The 95th percentile of networks a day in the 90 days before. */
  readonly usual: number;
  readonly sightings: readonly SightingEvidence[];
};

const MOST_SHOWN = 10;

function networkOf(sighting: Sighting): string | null {
  const asn = sighting.network?.asn;
  return asn == null ? prefixOfSighting(sighting) : `AS${asn}`;
}

/** Most people never were in that many: a look at each network once rules them out. */
function hasMoreNetworksThan(enough: number, sightings: readonly Sighting[]): boolean {
  const networks = new Set<string>();
  let [ip, network]: [Sighting['ip'], Sighting['network']] = [null, null];
  for (const sighting of sightings) {
    if (sighting.ip === ip && sighting.network === network) continue;
    [ip, network] = [sighting.ip, sighting.network];
    const name = networkOf(sighting);
    if (name !== null) networks.add(name);
    if (networks.size > enough) return true;
  }
  return false;
}

/** Days (UTC) with any network, and how many there were; ascending. */
type Days = { readonly startsMs: readonly number[]; readonly counts: readonly number[] };

function dailyNetworks(sightings: readonly Sighting[]): Days {
  const byDay = new Map<number, Set<string>>();
  for (const sighting of sightings) {
    const network = networkOf(sighting);
    if (network === null) continue;
    const dayMs = Math.floor(sighting.toMs / DAY_MS) * DAY_MS;
    const networks = byDay.get(dayMs) ?? new Set();
    byDay.set(dayMs, networks);
    networks.add(network);
  }
  return { startsMs: [...byDay.keys()], counts: [...byDay.values()].map(({ size }) => size) };
}

/** The 95th percentile of the days that were over a day before; 0 without any. */
function usualAt({ startsMs, counts }: Days, atMs: number, { settings }: Case): number {
  const from = lowerBound(startsMs, atMs - settings.learning.lookBackMs);
  const until = lowerBound(startsMs, atMs - 2 * DAY_MS);
  const before = counts.slice(from, until).sort((a, b) => a - b);
  return before[Math.ceil(0.95 * before.length) - 1] ?? 0;
}

function networksFinding({ reached, members }: Burst, usual: number, { facts, baseline }: Case): RuleFinding {
  const firstByNetwork = new Map<string, Sighting>();
  for (const sighting of members) {
    const network = networkOf(sighting);
    if (network !== null && !firstByNetwork.has(network)) firstByNetwork.set(network, sighting);
  }
  const seen = [...firstByNetwork.values()];
  const evidence: OneUserManyNetworksEvidence = {
    networks: [...firstByNetwork.keys()].slice(0, MOST_SHOWN),
    networkCount: firstByNetwork.size,
    usual,
    sightings: seen.slice(0, MOST_SHOWN).map(sightingEvidence),
  };
  return findingOf({
    rule: 'one-user-many-networks',
    severity: 'medium',
    about: reached,
    key: [reached.id],
    sessions: seen.slice(0, MOST_SHOWN).map(({ sessionKey }) => sessionKey),
    atMs: reached.toMs,
    title: `${plural(firstByNetwork.size, 'network')} in a day`,
    explanation: [
      `${personName(facts, reached)} was seen in ${plural(firstByNetwork.size, 'network')} up to ${moment(reached.toMs)}: ` +
        `${seen.slice(0, MOST_SHOWN).map(addressName).join('; ')}.`,
      usual === 0
        ? 'Nothing is known of the days before.'
        : `On 19 of 20 days of the 90 before it was ${plural(usual, 'network')} at the most.`,
      'How sure: addresses of one provider count once, whatever carriers do with them.',
      'What would make it wrong: a journey by train or through airports, or a VPN that changes its exit.',
    ],
    evidence,
    isLearning: !baseline.mature(reached.toMs),
    suppressedBy: null,
  });
}
