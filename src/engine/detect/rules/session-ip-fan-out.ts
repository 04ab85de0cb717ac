import { burstsOf, type Burst } from '../bursts.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { prefixOfSighting } from '../features.ts';
import { findingOf } from '../finding.ts';
import { longestGapMs } from '../moment.ts';
import type { Unjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { addressName, duration, moment, personName, plural } from '../words.ts';

/**
 * One session is used from three IPv4 networks within an hour (detections 4.4, H3). A cookie that is passed around, or used
 * through a pool of proxies, looks like this.
 *
 * Addresses of one autonomous system count once, because carriers change them at will; relays count for nothing. Can't judge:
 * sources that give a session a new id at each reconnect, and sightings that lie somewhere between two polls more than an
 * hour apart.
 */
export const sessionIpFanOut: Rule = {
  id: 'session-ip-fan-out',
  cannotJudge: [
    'sources that give a session a new id at each reconnect',
    'moments that are only known to lie between two polls more than an hour apart',
    'IPv6 addresses',
  ],
  lowered: ['addresses of one network (ASN): count once', 'relays: not counted'],
  settings: ['sessionUse.fanOutNetworks', 'sessionUse.fanOutMs'],
  judge(person, unjudged) {
    return [...movedSessions(person)]
      .flatMap(([sessionKey, sightings]) =>
        fanOutsOf(sightings, person, unjudged).map((burst) => ({ sessionKey, burst })),
      )
      .filter(({ burst }) => person.isJudged(burst.reached.toMs))
      .map(({ sessionKey, burst }) => fanOutFinding(sessionKey, burst, person));
  },
};

export type SessionIpFanOutEvidence = {
  readonly networks: readonly string[];
  readonly sightings: readonly SightingEvidence[];
};

const MOST_SHOWN = 10;

/** The sightings of sessions that were ever in enough networks: few, and told by their steps from one address to another. */
function movedSessions(person: Case): ReadonlyMap<string, readonly Sighting[]> {
  const networks = new Map<string, Set<string>>();
  for (const { sessionKey, before, after } of person.steps()) {
    if (before.ip === after.ip) continue;
    const seen = networks.get(sessionKey) ?? new Set();
    networks.set(sessionKey, seen);
    for (const network of [v4NetworkOf(before, person), v4NetworkOf(after, person)]) {
      if (network !== null) seen.add(network);
    }
  }
  const moved = new Map<string, Sighting[]>();
  for (const [sessionKey, { size }] of networks) {
    if (size >= person.settings.sessionUse.fanOutNetworks) moved.set(sessionKey, []);
  }
  if (moved.size === 0) return moved;
  for (const sighting of person.facts.sightings) {
    if (sighting.sessionKey !== null && sighting.outcome !== 'failure')
      moved.get(sighting.sessionKey)?.push(sighting);
  }
  return moved;
}

function fanOutsOf(sightings: readonly Sighting[], person: Case, unjudged: Unjudged): readonly Burst[] {
  const { fanOutMs, fanOutNetworks } = person.settings.sessionUse;
  const [first] = sightings;
  if (first?.idReconnects === true) {
    unjudged.add('The source gives a session a new id at each reconnect, so moving is normal.', first);
    return [];
  }
  const networkOf = (sighting: Sighting) => v4NetworkOf(sighting, person);
  const timed = sightings.filter((sighting) => {
    const gapMs = longestGapMs(sighting, sighting);
    if (gapMs !== null && gapMs <= fanOutMs) return true;
    unjudged.add('Nobody knows when it was between two polls that are far apart.', sighting);
    return false;
  });
  return burstsOf(timed, fanOutMs, ({ distinct }) => distinct >= fanOutNetworks, networkOf).filter(
    ({ reached, members }) => isWithin(members, reached, fanOutMs, networkOf, fanOutNetworks),
  );
}

/** Whether it took no longer than the window even if each moment is stretched as far as it may: doubt favours the user. */
function isWithin(
  members: readonly Sighting[],
  reached: Sighting,
  windowMs: number,
  networkOf: (sighting: Sighting) => string | null,
  enough: number,
): boolean {
  const close = members.filter((each) => (longestGapMs(each, reached) ?? Infinity) <= windowMs);
  return new Set(close.map(networkOf).filter((network) => network !== null)).size >= enough;
}

function v4NetworkOf(sighting: Sighting, { survey }: Case): string | null {
  if (sighting.ip === null || sighting.ip.includes(':') || sighting.ipClass !== 'public') return null;
  if (survey.kinds(sighting).includes('relay')) return null;
  const asn = sighting.network?.asn;
  return asn == null ? prefixOfSighting(sighting) : `AS${asn}`;
}

function fanOutFinding(sessionKey: string, { reached, members }: Burst, person: Case): RuleFinding {
  const { facts, baseline, settings } = person;
  const firstByNetwork = new Map<string, Sighting>();
  for (const sighting of members) {
    const network = v4NetworkOf(sighting, person);
    if (network !== null && !firstByNetwork.has(network)) firstByNetwork.set(network, sighting);
  }
  const seen = [...firstByNetwork.values()];
  const evidence: SessionIpFanOutEvidence = {
    networks: [...firstByNetwork.keys()].slice(0, MOST_SHOWN),
    sightings: seen.slice(0, MOST_SHOWN).map(sightingEvidence),
  };
  return findingOf({
    rule: 'session-ip-fan-out',
    severity: 'medium',
    about: reached,
    key: [sessionKey, reached.id],
    sessions: [sessionKey],
    atMs: reached.toMs,
    title: `One session from ${plural(seen.length, 'network')} within ${duration(settings.sessionUse.fanOutMs)}`,
    explanation: [
      `A session of ${personName(facts, reached)} was used from ${plural(seen.length, 'network')} up to ${moment(reached.toMs)}: ` +
        `${seen
          .slice(0, MOST_SHOWN)
          .map((each) => `${addressName(each)} at ${moment(each.toMs)}`)
          .join('; ')}.`,
      'How sure: addresses of one provider are counted once and relays not at all, so this is not a carrier’s pool.',
      'What would make it wrong: a journey with a phone between WiFi, carrier and VPN, or a gateway that leaves through several providers.',
    ],
    evidence,
    isLearning: !baseline.mature(reached.toMs),
    suppressedBy: null,
  });
}
