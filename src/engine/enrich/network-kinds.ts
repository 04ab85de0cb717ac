import type { NetworkKind } from '../../contract/place.ts';

/**
 * What an autonomous system is known for, by its own description; empty when it is not in the table. Short on purpose:
 * a system is listed only when nearly all its addresses are of that kind, so a carrier that sells both
 * mobile and fixed lines under one number is left out, and so are hosts whose customers are mostly people.
 */
export function knownKindsOf(asn: number | null): readonly NetworkKind[] {
  return asn === null ? [] : (KINDS.get(asn) ?? []);
}

type Entry = readonly [asn: number, name: string, ...kinds: NetworkKind[]];

/** Day of the last review; shown wherever databases are. */
export const networkKindsReviewedOn = '2026-11-21';

/** As reviewed then; each name was compared with the routing data of 2026-06 (the test does it again). */
export const networkKindEntries: readonly Entry[] = [
  // Clouds and rented servers: no person sits there, but their robots, gateways and attackers do.
  [16509, 'Amazon', 'hosting'],
  [14618, 'Amazon', 'hosting'],
  [396982, 'Google', 'hosting'],
  [8075, 'Microsoft', 'hosting'],
  [31898, 'Oracle', 'hosting'],
  [36351, 'IBM Cloud', 'hosting'],
  [45102, 'Alibaba', 'hosting'],
  [37963, 'Alibaba', 'hosting'],
  [132203, 'Tencent', 'hosting'],
  [45090, 'Tencent', 'hosting'],
  [14061, 'DigitalOcean', 'hosting'],
  [63949, 'Akamai', 'hosting'], // Linode
  [20473, 'Constant Company', 'hosting'], // Vultr
  [16276, 'OVH', 'hosting'],
  [24940, 'Hetzner', 'hosting'],
  [213230, 'Hetzner', 'hosting'],
  [12876, 'Scaleway', 'hosting'],
  [51167, 'Contabo', 'hosting'],
  [40021, 'Contabo', 'hosting'],
  [60781, 'LeaseWeb', 'hosting'],
  [28753, 'Leaseweb', 'hosting'],
  [30633, 'Leaseweb', 'hosting'],
  [197540, 'netcup', 'hosting'],
  [202053, 'UpCloud', 'hosting'],
  [47583, 'Hostinger', 'hosting'],
  [26496, 'GoDaddy', 'hosting'],
  [62240, 'Clouvider', 'hosting'],
  [53667, 'FranTech', 'hosting'],
  [9009, 'M247', 'hosting'],
  [60068, 'Datacamp', 'hosting'],
  [212238, 'Datacamp', 'hosting'],

  // Address space of VPN providers themselves; most of them also rent from the hosts above.
  [39351, '31173 Services', 'hosting', 'vpn'], // Mullvad's host
  [216025, 'Mullvad', 'vpn'],
  [136787, 'PacketHub', 'vpn'], // NordVPN
  [147049, 'PacketHub', 'vpn'],
  [207137, 'PacketHub', 'vpn'],
  [141039, 'PacketHub', 'vpn'],
  [209103, 'Proton', 'vpn'],
  [199218, 'Proton', 'vpn'],
  [203619, 'IVPN', 'vpn'],
  [397540, 'Windscribe', 'vpn'],

  // Associations whose purpose is to run Tor exits.
  [396507, 'Emerald Onion', 'tor'],
  [208323, 'Applied Privacy', 'tor'],
  [60729, 'Erneuerbare Freiheit', 'tor'],

  // Relays that carry people (iCloud Private Relay, WARP); the place is that of the exit.
  [13335, 'Cloudflare', 'relay'],
  [36183, 'Akamai', 'relay'],
  [54113, 'Fastly', 'relay'],

  // Web gateways of companies: the place is that of the gateway.
  [22616, 'ZSCALER', 'corporate'],
  [53813, 'ZSCALER', 'corporate'],
  [62044, 'Zscaler', 'corporate'],
  [55256, 'Netskope', 'corporate'],
  [13150, 'CATO NETWORKS', 'corporate'],
  [62654, 'MENLO SECURITY', 'corporate'],
  [396253, 'iboss', 'corporate'],
  [36692, 'OpenDNS', 'corporate'],

  // Satellites: the place is that of the ground station, or of the ship's owner.
  [14593, 'Space Exploration', 'satellite'], // Starlink
  [7155, 'ViaSat', 'satellite'],
  [6621, 'Hughes', 'satellite'],
  [22351, 'INTELSAT', 'satellite'],
  [31515, 'Inmarsat', 'satellite'],
  [800, 'OneWeb', 'satellite'],
  [5377, 'Marlink', 'satellite'],
  [64294, 'Panasonic Avionics', 'satellite'],
  [400110, 'Anuvu', 'satellite'],

  // Carriers with a number of their own for mobile lines.
  [21928, 'T-Mobile USA', 'cellular'],
  [6167, 'Verizon', 'cellular'], // CELLCO-PART
  [22394, 'Verizon', 'cellular'],
  [20057, 'AT&T', 'cellular'], // AT&T Mobility
  [51207, 'Free Mobile', 'cellular'],
  [206067, 'Hutchison 3G', 'cellular'],
  [44034, 'Hi3G', 'cellular'],
  [16135, 'TURKCELL', 'cellular'],
  [45609, 'Bharti Airtel', 'cellular'], // mobility
  [38266, 'Vodafone Idea', 'cellular'],
];

const KINDS = new Map(networkKindEntries.map(([asn, , ...kinds]) => [asn, kinds]));
