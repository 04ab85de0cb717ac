import { networkKind, type NetworkKind } from '../../contract/place.ts';
import type { Network } from '../whereabouts.ts';
import { isRecord, type MmdbRecord, type Reading } from './mmdb/mmdb.ts';
import { knownKindsOf } from './network-kinds.ts';

/** What one database says about a network; `mergeNetworks` lays them over each other. */
type NetworkPart = Network;

/**
 * The network in a record of an ASN, ISP, Anonymous-IP, Anonymous-Plus, Residential-Proxy, Connection-Type or
 * Enterprise database. Every field may be missing, and an address that is not anonymous may have a record `{}`.
 */
export function networkOf(record: MmdbRecord): Reading<NetworkPart> {
  const traits = isRecord(record.traits) ? record.traits : {};
  const fields = { ...record, ...traits };
  const part = { asn: asnOf(fields), org: orgOf(fields), kinds: kindsOf(fields) };
  const saysSomething = part.asn !== null || part.org !== null || part.kinds.length > 0;
  return saysSomething ? { kind: 'value', value: part } : { kind: 'nothing' };
}

/** How to read a database of this type. A Residential-Proxy one has no flag: to be listed in it is the statement. */
export function networkReaderOf(type: string): (record: MmdbRecord) => Reading<NetworkPart> {
  if (!/residential.?proxy/i.test(type)) return networkOf;
  return () => ({ kind: 'value', value: { asn: null, org: null, kinds: ['residential-proxy'] } });
}

/**
 * The first part that knows a number gives number and name together (a name of one database never stands beside the
 * number of another); kinds add up, those of the reviewed table included. Null when nothing is known.
 */
export function mergeNetworks(parts: readonly NetworkPart[]): Network | null {
  const numbered = parts.find(({ asn }) => asn !== null);
  const asn = numbered?.asn ?? null;
  const sameNumber = parts.filter((part) => part.asn === asn);
  const org = sameNumber.find((part) => part.org !== null)?.org ?? null;
  const said = new Set([...parts.flatMap(({ kinds }) => kinds), ...knownKindsOf(asn)]);
  const kinds = networkKind.options.filter((kind) => said.has(kind));
  return asn === null && org === null && kinds.length === 0 ? null : { asn, org, kinds };
}

function asnOf(fields: MmdbRecord): number | null {
  const value = fields.autonomous_system_number ?? fields.asn;
  const number = typeof value === 'string' ? Number(value.replace(/^AS/, '')) : value;
  const isAsn = typeof number === 'number' && Number.isInteger(number) && number > 0 && number <= 0xffffffff;
  return isAsn ? number : null;
}

const MAX_NAME = 200;

/** The registered holder; where it is missing, who sells the line. */
function orgOf(fields: MmdbRecord): string | null {
  const { autonomous_system_organization: holder, as_name: name, isp, organization } = fields;
  const text = [holder, name, isp, organization].find(
    (each) => typeof each === 'string' && each.trim() !== '',
  );
  return typeof text === 'string' ? text.trim().slice(0, MAX_NAME) : null;
}

const KIND_OF_FLAG: Readonly<Record<string, NetworkKind>> = {
  is_anonymous_vpn: 'vpn',
  is_hosting_provider: 'hosting',
  is_public_proxy: 'proxy',
  is_anonymous_proxy: 'proxy',
  is_residential_proxy: 'residential-proxy',
  is_tor_exit_node: 'tor',
  is_satellite_provider: 'satellite',
  is_legitimate_proxy: 'corporate',
};
const KIND_OF_CONNECTION = new Map<unknown, NetworkKind>([
  ['Cellular', 'cellular'],
  ['Cable/DSL', 'fixed'],
  ['Dialup', 'fixed'],
  ['Corporate', 'corporate'],
  ['Satellite', 'satellite'],
]);
/** A `business` user is no company gateway: he may well sit at the line's own place. */
const KIND_OF_USER = new Map<unknown, NetworkKind>([
  ['cellular', 'cellular'],
  ['residential', 'fixed'],
  ['hosting', 'hosting'],
  ['content_delivery_network', 'hosting'],
  ['consumer_privacy_network', 'relay'],
]);

function kindsOf(fields: MmdbRecord): NetworkKind[] {
  const flagged = Object.entries(KIND_OF_FLAG).flatMap(([flag, kind]) =>
    fields[flag] === true ? [kind] : [],
  );
  const connection = KIND_OF_CONNECTION.get(fields.connection_type);
  const user = KIND_OF_USER.get(fields.user_type);
  const isMobile = typeof fields.mobile_network_code === 'string';
  return [
    ...flagged,
    ...(connection === undefined ? [] : [connection]),
    ...(user === undefined ? [] : [user]),
    ...(isMobile ? (['cellular'] as const) : []),
  ];
}
