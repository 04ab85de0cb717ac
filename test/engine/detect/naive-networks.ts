import { deviceKeyOfSighting } from '../../../src/engine/detect/device.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import {
  asnOf,
  DAY,
  isKnownTo,
  isOnNewDevice,
  isPlaced,
  naiveArrivals,
  provenOf,
  stateAt,
  type Told,
} from './naive-person.ts';

/** What the network rules find in a person without lists and organisation, on devices that are no scripts. */
export function* naiveNetworks(person: PersonFacts): Generator<Told> {
  const proven = provenOf(person);
  for (const { sighting, hasOthers } of naiveArrivals(proven, asnOf, 90 * DAY)) {
    if (!hasOthers || sighting.network?.kinds.includes('tor')) continue;
    const cityOf = (each: Sighting) => (isPlaced(each, person) ? (each.place?.city ?? null) : null);
    const isAtHome = isKnownTo(person, cityOf, sighting) && isKnownTo(person, deviceKeyOfSighting, sighting);
    yield ['new-network', sighting.toMs, 'low', isAtHome ? 'suppressed' : stateAt(person, sighting)];
  }
  const providerOf = (sighting: Sighting) => {
    const rule = ruleOf(sighting);
    return rule === null ? null : `${rule} ${asnOf(sighting)}`;
  };
  const firsts = new Set([...naiveArrivals(proven, ruleOf, 90 * DAY)].map(({ sighting }) => sighting.id));
  for (const { sighting } of naiveArrivals(proven, providerOf, 90 * DAY)) {
    if (ruleOf(sighting) === 'hosting-network') {
      yield ['hosting-network', sighting.toMs, 'medium', stateAt(person, sighting)];
    }
    if (ruleOf(sighting) !== 'vpn-or-proxy') continue;
    const severity = isOnNewDevice(person, sighting) ? 'high' : firsts.has(sighting.id) ? 'medium' : 'low';
    yield ['vpn-or-proxy', sighting.toMs, severity, stateAt(person, sighting)];
  }
  const torOf = (sighting: Sighting) => (ruleOf(sighting) === 'tor-exit' ? 'tor' : null);
  for (const { sighting } of naiveArrivals(proven, torOf, DAY)) {
    yield ['tor-exit', sighting.toMs, 'high', 'open'];
  }
}

/** Moments at which the person came out of a data centre anew. */
export function hostingTimes(person: PersonFacts): readonly number[] {
  return [...naiveNetworks(person)].filter(([rule]) => rule === 'hosting-network').map(([, atMs]) => atMs);
}

function ruleOf({ network }: Sighting): string | null {
  const kinds = network?.kinds ?? [];
  if (kinds.includes('tor')) return 'tor-exit';
  if (kinds.includes('vpn')) return 'vpn-or-proxy';
  return kinds.includes('hosting') ? 'hosting-network' : null;
}

/** Once a source, of which the last wins; all sightings count, whoever it was. */
export function naivePrivate(person: PersonFacts): readonly Told[] {
  const isPrivate = ({ ipClass }: Sighting) => ipClass === 'private';
  const believed = person.sightings.map((each) => ({ ...each, isQuarantined: false }));
  const arrivals = naiveArrivals(believed, (each) => (isPrivate(each) ? each.source : null), 90 * DAY);
  const bySource = new Map([...arrivals].map(({ sighting }) => [sighting.source, sighting]));
  return [...bySource.values()].map((each) => ['private-ip', each.toMs, 'info', stateAt(person, each)]);
}
