import { deviceContinuity, deviceKeyOfSighting, isSameNetwork } from '../../../src/engine/detect/device.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { haversineKm } from '../../../src/engine/detect/geodesy.ts';
import { longestGapMs } from '../../../src/engine/detect/moment.ts';
import { defaultSettings as settings } from '../../../src/engine/detect/settings.ts';
import { certaintyCap, distanceSurprise, lineOf } from '../../../src/engine/detect/travel.ts';
import { userAgentSimilarity } from '../../../src/engine/enrich/user-agent-similarity.ts';
import { familiarityOf, isCarrierOf } from './naive-familiarity.ts';
import { hostingTimes, naiveNetworks, naivePrivate } from './naive-networks.ts';
import {
  asnOf,
  DAY,
  isKnownTo,
  isOnNewDevice,
  isPlaced,
  MINUTE,
  stateAt,
  type Told,
} from './naive-person.ts';
import { naivePlaces } from './naive-places.ts';
import { spreadAt } from './naive-spread.ts';

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
    ...travel(person),
    ...sessionsAtOnce(person),
    ...naivePlaces(person),
    ...naiveNetworks(person),
    ...naivePrivate(person),
    ...sessionChanges(person),
  ];
  return found.filter(([, atMs]) => atMs >= person.nowMs - 90 * DAY);
}

function* travel(person: PersonFacts): Generator<Told> {
  const points = person.sightings.filter(
    (sighting) => sighting.outcome !== 'failure' && sighting.fromMs !== null && isPlaced(sighting, person),
  );
  const lastMs = new Map<string, number>();
  const told = new Set<string>();
  const hostingMs = hostingTimes(person);
  for (const [index, after] of points.entries()) {
    for (const before of comparedWith(points, index, person)) {
      const km = impossibleKm(before, after);
      if (km === null) continue;
      const isSameDevice = deviceContinuity(before, after) !== null;
      const isSuppressed = isSameDevice && isSameNetwork(before, after);
      const silence = isSuppressed ? 'suppressed' : familiarityOf(person, [before, after], after.toMs);
      const outcome = silence ?? (isSameDevice && km < 1000 ? 'doubtful' : 'fires');
      const isNewDevice = [before, after].some((sighting) => isOnNewDevice(person, sighting));
      const isAttack = [before, after].some(({ isQuarantined }) => isQuarantined === true);
      const ends = [before, after].map((each) => `${asnOf(each)}@${spotOf(each)}`).sort();
      const key = [outcome, ...ends, isNewDevice, isAttack, stateAt(person, after)].join();
      const isAgain = after.toMs - (lastMs.get(key) ?? -Infinity) <= DAY;
      lastMs.set(key, after.toMs);
      const finding = [outcome, ...ends, after.toMs, after.sessionKey].join();
      if (isAgain || told.has(finding)) continue;
      told.add(finding);
      const isAfterHosting = hostingMs.some((time) => time >= after.toMs - DAY && time < after.toMs);
      const severity =
        outcome === 'doubtful'
          ? 'info'
          : outcome === 'fires' && (isNewDevice || isAfterHosting)
            ? 'critical'
            : 'high';
      yield [
        'impossible-travel',
        after.toMs,
        severity,
        silence === null ? stateAt(person, after) : 'suppressed',
      ];
    }
  }
}

/** What polls saw of two sessions within 15 minutes, on two devices; once a pair of sessions. */
function* sessionsAtOnce(person: PersonFacts): Generator<Told> {
  const points = person.sightings.filter(
    (sighting) =>
      sighting.kind !== 'login' &&
      sighting.sessionKey !== null &&
      sighting.outcome !== 'failure' &&
      sighting.fromMs !== null &&
      isPlaced(sighting, person),
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

/**
 * The waypoint before, the last one before that is on no carrier, then of every other session the latest at each place in the
 * last 15 minutes, oldest first.
 */
function comparedWith(points: readonly Sighting[], index: number, person: PersonFacts): readonly Sighting[] {
  const [after, previous] = [points[index], points[index - 1]];
  if (after === undefined || previous === undefined) return [];
  const latest = new Map<string, Sighting>();
  for (const point of points.slice(0, index)) {
    latest.delete(endOf(point));
    latest.set(endOf(point), point);
  }
  const active = [...latest.values()].filter(
    ({ sessionKey, toMs }) =>
      sessionKey !== null && sessionKey !== after.sessionKey && toMs >= after.toMs - 15 * MINUTE,
  );
  const isFirm = (point: Sighting) => lineOf(point.network) !== 'cellular' && !isCarrierOf(person, point);
  const firm = points.slice(0, index).findLast(isFirm) ?? previous;
  return [...new Set([previous, firm, ...active])];
}

function impossibleKm(before: Sighting, after: Sighting): number | null {
  const [a, b] = [spreadAt(before), spreadAt(after)];
  const gapMs = longestGapMs(before, after);
  if (a === null || b === null || gapMs === null) return null;
  const isVague = a.level === 'country' && b.level === 'country';
  if (isVague && before.place?.country === after.place?.country) return null;
  const km = haversineKm(a, b);
  const reachKm = 100 + (1000 * gapMs) / (60 * MINUTE);
  const surprise = distanceSurprise(km, Math.hypot(a.sigmaKm, b.sigmaKm), reachKm);
  const cap = certaintyCap(lineOf(before.network), lineOf(after.network), settings);
  return Math.min(surprise, cap) >= 0.95 && km >= 300 ? km : null;
}

function endOf(sighting: Sighting): string {
  return `${sighting.sessionKey ?? sighting.id}@${spotOf(sighting)}`;
}

function spotOf(sighting: Sighting): string {
  const spread = spreadAt(sighting);
  return `${spread?.lat.toFixed(1) ?? ''},${spread?.lon.toFixed(1) ?? ''}`;
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
