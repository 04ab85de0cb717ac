import { deviceKeyOfSighting } from '../../../src/engine/detect/device.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { detourReason, reasonByIpClass, untimedReason } from '../../../src/engine/detect/not-evaluable.ts';
import { defaultSettings as settings } from '../../../src/engine/detect/settings.ts';
import { isContradictory } from '../../../src/engine/detect/spread.ts';

export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;

/** Enough of a finding to tell it from any other. */
export type Told = readonly [rule: string, atMs: number, severity: string, state: string];

type ValueOf = (sighting: Sighting) => string | null;

/** What is the person's own doing, attacks among it. */
export function provenOf({ sightings, nowMs }: PersonFacts): readonly Sighting[] {
  return sightings.filter((sighting) => {
    const { kind, outcome } = sighting;
    const isProven = kind === 'login' ? outcome === 'success' : outcome !== 'failure';
    return isProven && untimedReason(sighting, nowMs, settings) === null;
  });
}

/** Where a value was not seen for some time: of attacks only the first counts, and they hide nothing else. */
export function* naiveArrivals(sightings: readonly Sighting[], valueOf: ValueOf, unseenMs: number) {
  const attacks: Sighting[] = [];
  for (const [index, sighting] of sightings.entries()) {
    const value = valueOf(sighting);
    if (value === null) continue;
    const recent = sightings.slice(0, index).filter(({ toMs }) => toMs >= sighting.toMs - unseenMs);
    const same = recent.filter((other) => valueOf(other) === value);
    const isTaught = same.some(({ isQuarantined }) => isQuarantined !== true);
    if (isTaught || (sighting.isQuarantined === true && same.length > 0)) continue;
    if (attacks.some((attack) => valueOf(attack) === value && isSameMoment(attack, sighting))) continue;
    if (sighting.isQuarantined === true) attacks.push(sighting);
    const hasOthers = recent.some((each) => {
      const other = valueOf(each);
      return each.isQuarantined !== true && each.toMs < sighting.toMs && other !== null && other !== value;
    });
    yield { sighting, value, hasOthers };
  }
}

/** An attack and what is none are told as one where neither time nor session tells them apart. */
export function isSameMoment(a: Sighting, b: Sighting): boolean {
  return a.toMs === b.toMs && a.sessionKey === b.sessionKey;
}

function teachersAt(person: PersonFacts, atMs: number): readonly Sighting[] {
  return provenOf(person).filter(
    ({ toMs, isQuarantined }) => isQuarantined !== true && toMs < atMs && toMs >= atMs - 90 * DAY,
  );
}

export function isKnownTo(person: PersonFacts, valueOf: ValueOf, sighting: Sighting): boolean {
  const value = valueOf(sighting);
  const times = teachersAt(person, sighting.toMs)
    .filter((each) => value !== null && valueOf(each) === value)
    .map(({ toMs }) => toMs);
  const days = new Set(times.map((time) => Math.floor(time / DAY)));
  return days.size > 1 || times.some((time) => time <= sighting.toMs - DAY);
}

export function isOnNewDevice(person: PersonFacts, sighting: Sighting): boolean {
  const isMature = stateAt(person, sighting) === 'open';
  const isKnown = isKnownTo(person, deviceKeyOfSighting, sighting);
  return deviceKeyOfSighting(sighting) !== null && isMature && !isKnown;
}

/** Every source here tells of logins from its first sighting on, or never: see the test. */
export function stateAt(person: PersonFacts, { toMs }: Sighting): 'open' | 'learning' {
  const before = teachersAt(person, toMs);
  const logins = before.filter(({ kind }) => kind === 'login').length;
  const isOld = before.some((sighting) => sighting.toMs <= toMs - 14 * DAY);
  return isOld && logins >= 5 ? 'open' : 'learning';
}

export function isPlaced(
  { ipClass, network, place, ...sighting }: Sighting,
  { nowMs }: PersonFacts,
): boolean {
  const isHidden = network !== null && detourReason(network) !== null;
  const isPlaceless = ipClass !== null && reasonByIpClass[ipClass] !== null;
  const isTimed = untimedReason({ ...sighting, ipClass, network, place }, nowMs, settings) === null;
  return isTimed && !isPlaceless && !isHidden && place !== null && !isContradictory(place, settings);
}

export function asnOf({ network }: Sighting): string | null {
  return network?.asn == null ? null : String(network.asn);
}
