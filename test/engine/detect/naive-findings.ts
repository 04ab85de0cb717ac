import { deviceKeyOfSighting } from '../../../src/engine/detect/device.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { longestGapMs } from '../../../src/engine/detect/moment.ts';
import { userAgentSimilarity } from '../../../src/engine/enrich/user-agent-similarity.ts';
import { familiarityOf } from './naive-familiarity.ts';
import { naiveNetworks, naivePrivate } from './naive-networks.ts';
import { asnOf, DAY, isKnownTo, MINUTE, stateAt, type Told } from './naive-person.ts';
import { naivePlaces } from './naive-places.ts';
import { comparedWith, impossibleKm, naiveTravel, waypointsIn } from './naive-travel.ts';

/** The rules it knows. */
export const naiveRules: ReadonlySet<string> = new Set([
  'impossible-travel',
  'concurrent-distant-sessions',
  'country-hop',
  'new-country',
  'new-country-for-organisation',
  'dormant-country',
  'country-policy',
  'new-network',
  'hosting-network',
  'vpn-or-proxy',
  'tor-exit',
  'relay-or-satellite',
  'listed-ip',
  'private-ip',
  'session-device-change',
  'session-network-change',
]);

/**
 * What the rules find, computed as detections.md words it: every question is asked of every sighting anew, in quadratic
 * time. Of at most 16 active places, for people whose sightings are in order and not our own polls.
 */
export function naiveFindings(person: PersonFacts): readonly Told[] {
  const found = [
    ...naiveTravel(person),
    ...sessionsAtOnce(person),
    ...naivePlaces(person),
    ...naiveNetworks(person),
    ...naivePrivate(person),
    ...sessionChanges(person),
  ];
  return found.filter(([, atMs]) => atMs >= person.nowMs - 90 * DAY);
}

/** What polls saw of two sessions within 15 minutes, on two devices; once a pair of sessions. */
function* sessionsAtOnce(person: PersonFacts): Generator<Told> {
  const points = waypointsIn(person).filter(
    ({ kind, sessionKey }) => kind !== 'login' && sessionKey !== null,
  );
  const told = new Set<string>();
  for (const [index, after] of points.entries()) {
    for (const before of comparedWith(points, index, person)) {
      const gapMs = longestGapMs(before, after) ?? Infinity;
      const isPair = before.sessionKey !== after.sessionKey && gapMs <= 15 * MINUTE;
      const isOtherDevice = deviceKeyOfSighting(before) !== deviceKeyOfSighting(after);
      const familiarity = familiarityOf(person, [before, after], after.toMs);
      const key = [familiarity, ...[before.sessionKey, after.sessionKey].sort()].join();
      if (!isPair || !isOtherDevice || told.has(key) || impossibleKm(before, after) === null) continue;
      told.add(key);
      const state = familiarity === null ? stateAt(person, after) : 'suppressed';
      yield ['concurrent-distant-sessions', after.toMs, 'high', state];
    }
  }
}

function* sessionChanges(person: PersonFacts): Generator<Told> {
  const told = new Set<string>();
  for (const [index, after] of person.sightings.entries()) {
    const earlier = person.sightings
      .slice(0, index)
      .filter(({ sessionKey, outcome }) => sessionKey === after.sessionKey && outcome !== 'failure');
    const before = earlier.at(-1);
    if (after.sessionKey === null || after.outcome === 'failure' || before === undefined) continue;
    if (isMoved(before, after) && !isKnownTo(person, asnOf, after)) {
      const key = [
        after.sessionKey,
        ...[before, after].map((s) => `${asnOf(s)} ${s.place?.country}`).sort(),
      ].join();
      if (!told.has(key)) yield ['session-network-change', after.toMs, 'high', stateAt(person, after)];
      told.add(key);
    }
    const startMs = earlier.find(({ kind }) => kind !== 'activity')?.toMs ?? -Infinity;
    if (!isOtherDevice(before, after)) continue;
    const state = after.toMs - startMs <= MINUTE ? 'suppressed' : 'open';
    const ends = [before, after].map(({ device }) => `${device?.os ?? '?'} ${device?.kind ?? '?'}`).sort();
    const key = [after.sessionKey, state, ...ends].join();
    if (!told.has(key)) yield ['session-device-change', after.toMs, 'critical', state];
    told.add(key);
  }
}

function isMoved({ ip, network, place }: Sighting, after: Sighting): boolean {
  const [asns, countries] = [
    [network?.asn, after.network?.asn],
    [place?.country, after.place?.country],
  ];
  const isUnknown = [...asns, ...countries].some((value) => value == null);
  const isSameIp = ip !== null && ip === after.ip;
  return !isUnknown && !isSameIp && asns[0] !== asns[1] && countries[0] !== countries[1];
}

function isOtherDevice({ device, userAgent }: Sighting, after: Sighting): boolean {
  const isOtherOs = device?.os != null && after.device?.os != null && device.os !== after.device.os;
  const isOtherKind = device !== null && after.device !== null && device.kind !== after.device.kind;
  const isOtherAgent =
    userAgent !== null && after.userAgent !== null && userAgentSimilarity(userAgent, after.userAgent) < 0.95;
  return isOtherOs || isOtherKind || isOtherAgent;
}
