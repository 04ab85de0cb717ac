import { deviceContinuity, deviceKeyOfSighting, isSameNetwork } from '../../../src/engine/detect/device.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { haversineKm } from '../../../src/engine/detect/geodesy.ts';
import { longestGapMs } from '../../../src/engine/detect/moment.ts';
import { detourReason, reasonByIpClass, untimedReason } from '../../../src/engine/detect/not-evaluable.ts';
import { defaultSettings as settings } from '../../../src/engine/detect/settings.ts';
import { isContradictory, spreadOf } from '../../../src/engine/detect/spread.ts';
import { certaintyCap, distanceSurprise, lineOf } from '../../../src/engine/detect/travel.ts';
import { userAgentSimilarity } from '../../../src/engine/enrich/user-agent-similarity.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Enough of a finding to tell it from any other. */
export type Told = readonly [rule: string, atMs: number, severity: string, state: string];

/**
 * What the rules find, computed as detections.md words it: every question is asked of every sighting anew, in quadratic
 * time. Of at most 16 active places, for people whose sightings are in order and not our own polls.
 */
export function naiveFindings(person: PersonFacts): readonly Told[] {
  const found = [...travel(person), ...newCountry(person), ...sessionChanges(person)];
  return found.filter(([, atMs]) => atMs >= person.nowMs - 90 * DAY);
}

function* travel(person: PersonFacts): Generator<Told> {
  const points = person.sightings.filter(
    (sighting) => sighting.outcome !== 'failure' && sighting.fromMs !== null && isPlaced(sighting, person),
  );
  const told = new Set<string>();
  for (const [index, after] of points.entries()) {
    for (const before of comparedWith(points, index)) {
      const km = impossibleKm(before, after);
      if (km === null) continue;
      const isSameDevice = deviceContinuity(before, after) !== null;
      const isSuppressed = isSameDevice && isSameNetwork(before, after);
      const isFamiliar = [before, after].every((sighting) => isFamiliarTo(person, sighting, after.toMs));
      const silence = isSuppressed ? 'suppressed' : isFamiliar ? 'familiar' : null;
      const outcome = silence ?? (isSameDevice && km < 1000 ? 'doubtful' : 'fires');
      const key = [outcome, ...[before, after].map(endOf).sort()].join();
      if (told.has(key)) continue;
      told.add(key);
      const isNewDevice = [before, after].some((sighting) => isNewTo(person, sighting));
      const severity =
        outcome === 'doubtful' ? 'info' : outcome === 'fires' && isNewDevice ? 'critical' : 'high';
      yield [
        'impossible-travel',
        after.toMs,
        severity,
        silence === null ? stateAt(person, after) : 'suppressed',
      ];
    }
  }
}

/**
 * The waypoint before, the last one before that is not cellular, then of every other session the latest at each place in the last 15
 * minutes, oldest first.
 */
function comparedWith(points: readonly Sighting[], index: number): readonly Sighting[] {
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
  const firm = points.slice(0, index).findLast(({ network }) => lineOf(network) !== 'cellular') ?? previous;
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

function spreadAt({ place, ip }: Sighting) {
  return place === null ? null : spreadOf(place, ip !== null && !ip.includes(':') ? 4 : 6, settings);
}

function endOf(sighting: Sighting): string {
  const spread = spreadAt(sighting);
  const spot = `${spread?.lat.toFixed(1) ?? ''},${spread?.lon.toFixed(1) ?? ''}`;
  return `${sighting.sessionKey ?? sighting.id}@${spot}`;
}

function* newCountry(person: PersonFacts): Generator<Told> {
  const seen = teachers(person).filter(
    (sighting) => /^[A-Z]{2}$/.test(sighting.place?.country ?? '') && isPlaced(sighting, person),
  );
  for (const [index, sighting] of seen.entries()) {
    const recent = seen.slice(0, index).filter(({ toMs }) => toMs >= sighting.toMs - 90 * DAY);
    const isKnown = recent.some(({ place }) => place?.country === sighting.place?.country);
    if (recent.length === 0 || isKnown) continue;
    const device = deviceKeyOfSighting(sighting);
    const isKnownDevice = device !== null && isKnownTo(person, deviceKeyOfSighting, device, sighting.toMs);
    yield ['new-country', sighting.toMs, isKnownDevice ? 'low' : 'medium', stateAt(person, sighting)];
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
    if (isMoved(before, after) && !isKnownTo(person, asnOf, asnOf(after), after.toMs)) {
      const key = [after.sessionKey, ...[before, after].map((s) => `${asnOf(s)} ${s.place?.country}`)].join();
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

function isPlaced({ ipClass, network, place, ...sighting }: Sighting, { nowMs }: PersonFacts): boolean {
  const isHidden = network !== null && detourReason(network) !== null;
  const isPlaceless = ipClass !== null && reasonByIpClass[ipClass] !== null;
  const isTimed = untimedReason({ ...sighting, ipClass, network, place }, nowMs, settings) === null;
  return isTimed && !isPlaceless && !isHidden && place !== null && !isContradictory(place, settings);
}

function teachers({ sightings, nowMs }: PersonFacts): readonly Sighting[] {
  return sightings.filter((sighting) => {
    const { kind, outcome } = sighting;
    const isProven = kind === 'login' ? outcome === 'success' : outcome !== 'failure';
    return isProven && untimedReason(sighting, nowMs, settings) === null;
  });
}

function teachersAt(person: PersonFacts, atMs: number): readonly Sighting[] {
  return teachers(person).filter(({ toMs }) => toMs < atMs && toMs >= atMs - 90 * DAY);
}

function isKnownTo(
  person: PersonFacts,
  valueOf: (sighting: Sighting) => string | null,
  value: string,
  atMs: number,
): boolean {
  const times = teachersAt(person, atMs)
    .filter((sighting) => valueOf(sighting) === value)
    .map(({ toMs }) => toMs);
  const days = new Set(times.map((time) => Math.floor(time / DAY)));
  return days.size > 1 || times.some((time) => time <= atMs - DAY);
}

function isFamiliarTo(person: PersonFacts, sighting: Sighting, atMs: number): boolean {
  const device = deviceKeyOfSighting(sighting);
  if (device === null || sighting.network?.asn == null) return false;
  return (
    isKnownTo(person, asnOf, asnOf(sighting), atMs) && isKnownTo(person, deviceKeyOfSighting, device, atMs)
  );
}

function isNewTo(person: PersonFacts, sighting: Sighting): boolean {
  const device = deviceKeyOfSighting(sighting);
  const isMature = stateAt(person, sighting) === 'open';
  return device !== null && isMature && !isKnownTo(person, deviceKeyOfSighting, device, sighting.toMs);
}

/** Every source here tells of logins from its first sighting on, or never: see the test. */
function stateAt(person: PersonFacts, { toMs }: Sighting): 'open' | 'learning' {
  const before = teachersAt(person, toMs);
  const logins = before.filter(({ kind }) => kind === 'login').length;
  const isOld = before.some((sighting) => sighting.toMs <= toMs - 14 * DAY);
  return isOld && logins >= 5 ? 'open' : 'learning';
}

function asnOf({ network }: Sighting): string {
  return String(network?.asn);
}
