import type { NetworkKind } from '../../../src/contract/place.ts';
import type { Network, Place } from '../../../src/engine/whereabouts.ts';
import { assume } from './assumptions.ts';
import { chanceOf, type Chance } from './chance.ts';
import { countries, type City } from './cities.ts';
import { pointAt, type Point } from './globe.ts';
import { placeRecord, strayWithin, type DatabaseStyle, type RecordError } from './place-record.ts';

/** What a line truly is, whatever a table knows of it. */
export type LineKind =
  'fixed' | 'office' | 'gateway' | 'cellular' | 'vpn' | 'hosting' | 'relay' | 'satellite';

/** A provider in one country: one autonomous system there. */
export type Provider = {
  readonly index: number;
  readonly country: string;
  readonly line: LineKind;
  /** As the product's tables know it. */
  readonly network: Network;
  readonly isDualStack: boolean;
  readonly rotationDays: number;
};

/** A prefix with what a database says about it. */
export type Access = {
  readonly provider: Provider;
  /** `20.4.7.` or `2a0c:12:7:`. */
  readonly prefix: string;
  readonly place: Place;
};

/** Providers of a kind in each country. */
const OFFERS: Readonly<Record<LineKind, number>> = {
  fixed: 4,
  cellular: 3,
  vpn: 3,
  hosting: 2,
  office: 1,
  gateway: 1,
  relay: 1,
  satellite: 1,
};
const KINDS_IN_ORDER = Object.keys(OFFERS) as readonly LineKind[];
const PROVIDERS_PER_COUNTRY = 16;
const PREFIXES_PER_CITY = 64;
const PREFIXES_PER_PROVIDER = 32 * PREFIXES_PER_CITY;
/** Numbers for private use (RFC 6996), so that nobody real is blamed. */
const FIRST_ASN = 4_200_000_000;

/** The Internet of a made-up world; every answer follows from the seed, whoever asked first. */
export type Networks = {
  provider(country: string, line: LineKind, at: number): Provider;
  /** One of the prefixes that a provider uses in a city; `at` is any whole number from 0 on. */
  access(provider: Provider, city: City, at: number, version?: 4 | 6): Access;
};

export function createNetworks(seed: string, style: DatabaseStyle): Networks {
  const providers = new Map<number, Provider>();
  const accesses = new Map<string, Access>();
  return {
    provider(country, line, at) {
      const index = providerIndex(country, line, at);
      const known = providers.get(index) ?? makeProvider(index, country, line, at % OFFERS[line], seed);
      providers.set(index, known);
      return known;
    },
    access(provider, city, at, version = 4) {
      const number = city.slot * PREFIXES_PER_CITY + (at % PREFIXES_PER_CITY);
      const prefix = prefixOf(provider.index, number, version);
      const known = accesses.get(prefix);
      if (known !== undefined) return known;
      const chance = chanceOf(`${seed}/prefix/${prefix}`);
      const egress = egressOf(
        provider,
        city,
        chance,
        chanceOf(`${seed}/egress/${provider.index}/${city.slot}`),
      );
      const error = errorOf(provider.line);
      const place = placeRecord(egress, provider.country, { error, version, style }, chance);
      const access = { provider, prefix, place };
      accesses.set(prefix, access);
      return access;
    },
  };
}

/** Host 1 to 250 of a prefix; of an IPv6 /48 the host's own /56 with an interface in it. */
export function addressIn({ prefix }: Access, host: number): string {
  const number = 1 + (host % 250);
  return prefix.endsWith('.')
    ? `${prefix}${number}`
    : `${prefix}${(number << 8).toString(16)}::${(number + 7).toString(16)}`;
}

/** Whether traffic comes out where the person is: only then does the true position follow from the line. */
export function isLocal(line: LineKind): boolean {
  return line === 'fixed' || line === 'office';
}

function providerIndex(country: string, line: LineKind, at: number): number {
  const before = KINDS_IN_ORDER.slice(0, KINDS_IN_ORDER.indexOf(line));
  const first = before.reduce((sum, kind) => sum + OFFERS[kind], 0);
  return countries.indexOf(country) * PROVIDERS_PER_COUNTRY + first + (at % OFFERS[line]);
}

function makeProvider(index: number, country: string, line: LineKind, at: number, seed: string): Provider {
  // Providers of VPNs, servers, relays and satellites are the same all over the world.
  const isGlobal = line === 'vpn' || line === 'hosting' || line === 'relay' || line === 'satellite';
  const number = isGlobal ? 60_000 + KINDS_IN_ORDER.indexOf(line) * 100 + at : index;
  const chance = chanceOf(`${seed}/provider/${number}`);
  return {
    index,
    country,
    line,
    network: {
      asn: FIRST_ASN + number,
      org: `Network ${number}`,
      kinds: knownKinds(line, chance),
    },
    isDualStack: line === 'fixed' && chance.happens(assume.network.dualStack),
    rotationDays: chance.pick(assume.network.rotationDays),
  };
}

function knownKinds(line: LineKind, chance: Chance): readonly NetworkKind[] {
  const { known, vpnKnownAsHosting } = assume.network;
  const asVpn = chance.happens(known.vpn);
  const asHosting = chance.happens(vpnKnownAsHosting);
  switch (line) {
    case 'fixed':
    case 'cellular':
    case 'hosting':
    case 'relay':
    case 'satellite':
      return chance.happens(known[line]) ? [line] : [];
    case 'gateway':
      return chance.happens(known.corporate) ? ['corporate'] : [];
    case 'vpn':
      return asVpn ? ['vpn'] : asHosting ? ['hosting'] : [];
    case 'office':
      return [];
  }
}

/** @param atCity the same for all prefixes of a provider in a city: they share the gateway */
function egressOf({ line }: Provider, city: City, ofPrefix: Chance, atCity: Chance): Point {
  const { carrierGatewayKm, officeGatewayKm, groundStationKm } = assume.network;
  const away = (km: number) => strayWithin(city.country, city, () => atCity.between(0, km), atCity);
  switch (line) {
    case 'cellular':
      return away(carrierGatewayKm);
    case 'gateway':
      return away(officeGatewayKm);
    case 'satellite':
      return away(groundStationKm);
    case 'fixed':
    case 'office':
    case 'vpn':
    case 'hosting':
    case 'relay':
      return pointAt(city, ofPrefix.between(0, 2 * Math.PI), ofPrefix.between(0, 15));
  }
}

function errorOf(line: LineKind): RecordError {
  if (line === 'fixed' || line === 'office' || line === 'cellular') return line;
  return 'detour';
}

function prefixOf(index: number, number: number, version: 4 | 6): string {
  if (version === 6) return `2a0c:${index.toString(16)}:${number.toString(16)}:`;
  const block = index * PREFIXES_PER_PROVIDER + number;
  return `${20 + (block >>> 16)}.${(block >>> 8) & 255}.${block & 255}.`;
}
