import ipaddr from 'ipaddr.js';
import { normaliseIp } from '../enrich/ip.ts';

/** Addresses from `low` to `high`, both included, as sort keys. */
export type IpRange = { readonly low: Buffer; readonly high: Buffer };

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const FAMILY = { ipv4: 4, ipv6: 6 } as const;

/** Bits of `::ffff:0:0/96`, the block in which IPv6 writes IPv4 addresses. */
const MAPPED_BITS = 96;

/**
 * A network or single address of either family as a range of sort keys, so that "in this network" is a comparison an
 * index answers. IPv4 written as IPv6 (`::ffff:10.0.0.0/104`) counts as IPv4, as it does where addresses are stored.
 * Null when the text is neither.
 */
export function ipRange(text: string): IpRange | null {
  if (!text.includes('/')) {
    const canonical = normaliseIp(text);
    return canonical === null ? null : rangeOf(ipaddr.parse(canonical), Number.POSITIVE_INFINITY);
  }
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text) && !ipaddr.IPv6.isValidCIDR(text)) return null;
  const [address, bits] = ipaddr.parseCIDR(text);
  return rangeOf(...unwrap(address, bits));
}

/** What sorts addresses as numbers, IPv4 before IPv6: a family byte and the address. Null for what is no address. */
export function ipSortKey(address: string): Buffer | null {
  return address.includes('/') ? null : (ipRange(address)?.low ?? null);
}

/** Whether a text is an IPv6 address or network, which looks like `field:value` to a lexer. */
export function isIpv6(text: string): boolean {
  return ipaddr.IPv6.isValid(text) || ipaddr.IPv6.isValidCIDR(text);
}

function rangeOf(address: Address, bits: number): IpRange {
  const bytes = address.toByteArray();
  const family = FAMILY[address.kind()];
  return {
    low: Buffer.from([family, ...bytes.map((byte, index) => byte & maskOf(index, bits))]),
    high: Buffer.from([family, ...bytes.map((byte, index) => byte | (~maskOf(index, bits) & 0xff))]),
  };
}

function unwrap(address: Address, bits: number): [Address, number] {
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= MAPPED_BITS) {
    return [address.toIPv4Address(), bits - MAPPED_BITS];
  }
  return [address, bits];
}

function maskOf(byteIndex: number, bits: number): number {
  const within = Math.min(8, Math.max(0, bits - byteIndex * 8));
  return (0xff << (8 - within)) & 0xff;
}
