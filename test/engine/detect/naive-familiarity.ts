import { deviceKeyOfSighting } from '../../../src/engine/detect/device.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { asnOf, DAY, isKnownTo, provenOf } from './naive-person.ts';

/** Why sightings that don't go together are no news for a person: all are like him, or one is on a carrier. */
export function familiarityOf(
  person: PersonFacts,
  sightings: readonly Sighting[],
  atMs: number,
): 'familiar' | 'carrier' | null {
  if (sightings.every((sighting) => isFamiliarTo(person, sighting, atMs))) return 'familiar';
  return sightings.some((sighting) => isCarrierOf(person, sighting)) ? 'carrier' : null;
}

/** Ten sightings there up to the beginning of the day, half of them by phones, and at most a third of those elsewhere. */
export function isCarrierOf(person: PersonFacts, sighting: Sighting): boolean {
  const beforeMs = Math.floor(sighting.toMs / DAY) * DAY;
  const seen = provenOf(person).filter(
    (each) =>
      each.isQuarantined !== true &&
      each.toMs < beforeMs &&
      each.toMs >= beforeMs - 90 * DAY &&
      asnOf(each) !== null &&
      each.device !== null,
  );
  const here = seen.filter((each) => asnOf(each) === asnOf(sighting));
  const elsewhere = seen.filter((each) => asnOf(each) !== asnOf(sighting));
  const phonesIn = (some: readonly Sighting[]) =>
    some.filter(({ device }) => device?.kind === 'mobile').length;
  const isOfPhones = here.length >= 10 && 2 * phonesIn(here) >= here.length;
  return isOfPhones && elsewhere.length > 0 && 3 * phonesIn(elsewhere) <= elsewhere.length;
}

function isFamiliarTo(person: PersonFacts, sighting: Sighting, atMs: number): boolean {
  if (deviceKeyOfSighting(sighting) === null || sighting.network?.asn == null) return false;
  const then = { ...sighting, toMs: atMs };
  return isKnownTo(person, asnOf, then) && isKnownTo(person, deviceKeyOfSighting, then);
}
