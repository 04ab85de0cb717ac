import type { NetworkKind } from '../../../src/contract/place.ts';
import type { Connection } from './act.ts';
import { machineOf, type Hardware, type Machine } from './agents.ts';
import { assume } from './assumptions.ts';
import type { Chance } from './chance.ts';
import { cities, citiesOf, type City } from './cities.ts';
import { distanceKm, pointAt } from './globe.ts';
import type { Networks, Provider } from './networks.ts';

/** An attacker's machine, out of the same shop as everybody's. */
export function foreignMachine(chance: Chance): Machine {
  return machineOf(chance.weighted<Hardware>(assume.people.consumerDevices), chance);
}

/** Somebody at home somewhere in the world, on a line of their own. */
export function atOwnHome(city: City, networks: Networks, chance: Chance, provider?: Provider): Connection {
  const point = pointAt(city, chance.between(0, 2 * Math.PI), chance.between(0, 15));
  const isp = provider ?? networks.provider(city.country, 'fixed', chance.below(4));
  const version = isp.isDualStack && chance.happens(assume.network.ipv6Share) ? 6 : 4;
  const access = networks.access(isp, city, chance.below(64), version);
  return { access, host: chance.below(250), point, isLocal: true };
}

/** Behind a VPN's exit or a rented server in a country, and truly anywhere. */
export function behindExit(country: string, networks: Networks, chance: Chance): Connection {
  const exit = chance.pick(citiesOf(country));
  const line = chance.happens(0.7) ? 'vpn' : 'hosting';
  const access = networks.access(networks.provider(country, line, chance.below(3)), exit, chance.below(16));
  return { access, host: chance.below(250), point: chance.pick(cities), isLocal: false };
}

/** Through somebody's router within 100 km of the victim, which a table seldom knows for a proxy. */
export function throughNeighbour(near: City, networks: Networks, chance: Chance): Connection {
  const close = cities.filter((city) => city.country === near.country && distanceKm(city, near) < 100);
  const neighbour = atOwnHome(chance.pick(close), networks, chance);
  const kinds: readonly NetworkKind[] = chance.happens(assume.network.residentialProxyKnown)
    ? ['residential-proxy']
    : [];
  const network = { ...neighbour.access.provider.network, kinds };
  return { ...neighbour, network, point: chance.pick(cities), isLocal: false };
}
