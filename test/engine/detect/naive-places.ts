import { deviceKeyOfSighting } from '../../../src/engine/detect/device.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { familiarityOf } from './naive-familiarity.ts';
import {
  DAY,
  isKnownTo,
  isPlaced,
  isSameMoment,
  MINUTE,
  naiveArrivals,
  provenOf,
  stateAt,
  type Told,
} from './naive-person.ts';
import { isApart, spreadAt } from './naive-spread.ts';

/** What the country rules find in a person without an organisation, policy, or device tokens on cellular lines. */
export function* naivePlaces(person: PersonFacts): Generator<Told> {
  const proven = provenOf(person);
  const countryOf = (sighting: Sighting) =>
    isPlaced(sighting, person) ? (sighting.place?.country ?? null) : null;
  for (const { sighting, hasOthers } of naiveArrivals(proven, countryOf, 90 * DAY)) {
    if (!hasOthers) continue;
    const severity = isKnownTo(person, deviceKeyOfSighting, sighting) ? 'low' : 'medium';
    yield ['new-country', sighting.toMs, severity, stateAt(person, sighting)];
  }
  for (const { sighting, hasOthers } of naiveArrivals(proven, countryOf, 30 * DAY)) {
    if (!hasOthers || !isKnownTo(person, countryOf, sighting)) continue;
    yield ['dormant-country', sighting.toMs, 'low', stateAt(person, sighting)];
  }
  yield* hops(
    person,
    proven.filter((sighting) => countryOf(sighting) !== null && sighting.fromMs !== null),
  );
}

/** Of each country the latest stay counts, and the later ones are chosen first. */
function* hops(person: PersonFacts, stays: readonly Sighting[]): Generator<Told> {
  const made: { readonly key: string; readonly last: Sighting; readonly isTold: boolean }[] = [];
  for (const [index, last] of stays.entries()) {
    const before = stays.slice(0, index).toReversed();
    const latest = before.filter(
      (stay, place) =>
        countryAt(stay) !== countryAt(last) &&
        before.findIndex((other) => countryAt(other) === countryAt(stay)) === place,
    );
    const three = chosen([last], latest, 60);
    const two = chosen([last], latest, 10);
    const hop = three.length >= 3 ? three : two.length >= 2 ? two : null;
    if (hop === null) continue;
    const isRoaming = hop.some(({ network }) => network?.kinds.includes('cellular'));
    const isOneDevice = hop.every(
      (stay) =>
        stay === last ||
        (stay.network !== null && stay.network.asn === last.network?.asn && isSameDevice(stay, last)),
    );
    const isSuppressed = isRoaming || isOneDevice || familiarityOf(person, hop, last.toMs) !== null;
    const key = [isSuppressed, ...hop.map(countryAt).sort()].join();
    const recent = made.filter((other) => other.key === key && other.last.toMs >= last.toMs - DAY);
    const isAgain = recent.some(
      (other) =>
        other.last.isQuarantined !== true ||
        last.isQuarantined === true ||
        (other.isTold && isSameMoment(other.last, last)),
    );
    made.push({ key, last, isTold: !isAgain });
    if (!isAgain) {
      yield ['country-hop', last.toMs, 'medium', isSuppressed ? 'suppressed' : stateAt(person, last)];
    }
  }
}

function chosen(
  hop: readonly Sighting[],
  candidates: readonly Sighting[],
  minutes: number,
): readonly Sighting[] {
  const [next, ...rest] = candidates;
  if (next === undefined) return hop;
  const [last] = hop;
  const gapMs = Math.max((last?.toMs ?? 0) - (next.fromMs ?? 0), next.toMs - (last?.fromMs ?? 0));
  const isChosen = gapMs <= minutes * MINUTE && hop.every((other) => isApart(other, next, 300));
  return chosen(isChosen ? [...hop, next] : hop, rest, minutes);
}

function isSameDevice(a: Sighting, b: Sighting): boolean {
  if (a.deviceToken != null && b.deviceToken != null) return a.deviceToken === b.deviceToken;
  return deviceKeyOfSighting(a) !== null && deviceKeyOfSighting(a) === deviceKeyOfSighting(b);
}

function countryAt(sighting: Sighting): string | null {
  return spreadAt(sighting) === null ? null : (sighting.place?.country ?? null);
}
