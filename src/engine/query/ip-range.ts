import ipaddr from 'ipaddr.js';

/** Addresses from `low` to `high`, both included, as sort keys. */
export type IpRange = { readonly low: Buffer; readonly high: Buffer };

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const FAMILY = { ipv4: 4, ipv6: 6 } as const;

/** Bits of `::ffff:0:0/96`, the block in which IPv6 writes IPv4 addresses. */
const MAPPED_BITS = 96;

/**
 * A network or single address of either family as a range of sort keys, so that "in this network" is a comparison an
 * index answers. IPv4 written as IPv6 (`::ffff:10.0.0.0/104`) counts as IPv4. Null when the text is neither.
 */
export function ipRange(text: string): IpRange | null {
  const [addressText = '', bitsText, ...rest] = text.split('/');
  if (rest.length > 0 || (bitsText !== undefined && !/^\d{1,3}$/.test(bitsText))) return null;
  const written = parseAddress(addressText);
  if (written === null) return null;
  const writtenBits = bitsText === undefined ? widthOf(written) : Number(bitsText);
  if (writtenBits > widthOf(written)) return null;
  const [address, bits] = unwrap(written, writtenBits);
  const bytes = address.toByteArray();
  const family = FAMILY[address.kind()];
  return {
    low: Buffer.from([family, ...bytes.map((byte, index) => byte & maskOf(index, bits))]),
    high: Buffer.from([family, ...bytes.map((byte, index) => byte | (~maskOf(index, bits) & 0xff))]),
  };
}

/** What sorts addresses as numbers, IPv4 before IPv6: a family byte and the address. Null for what is no address. */
export function ipSortKey(address: string): Buffer | null {
  return address.includes('/') ? null : (ipRange(address)?.low ?? null);
}

/** Whether a text is an IPv6 address or network, which looks like `field:value` to a lexer. */
export function isIpv6(text: string): boolean {
  return ipaddr.IPv6.isValid(text) || ipaddr.IPv6.isValidCIDR(text);
}

function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text)
    ? ipaddr.IPv6.parse(text)
    : null;
}

function unwrap(address: Address, bits: number): [Address, number] {
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= MAPPED_BITS) {
    return [address.toIPv4Address(), bits - MAPPED_BITS];
  }
  return [address, bits];
}

function widthOf(address: Address): number {
  return address.kind() === 'ipv4' ? 32 : 128;
}

function maskOf(byteIndex: number, bits: number): number {
  const within = Math.min(8, Math.max(0, bits - byteIndex * 8));
  return (0xff << (8 - within)) & 0xff;
}
