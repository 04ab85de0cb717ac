import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { addressWords, normaliseIp } from './ip.ts';

/**
 * One network of a list, or one autonomous system. `low` is what its addresses are sorted by: a family byte (4, 6) and the
 * first address, or 0 and the number of the system. `bits` of the address are fixed; of a number all 32 are.
 */
export type ListEntry = { readonly low: Uint8Array; readonly bits: number };

const FAMILY = { asn: 0, ipv4: 4, ipv6: 6 } as const;
/** Bits of `::ffff:0:0/96`, the block in which IPv6 writes IPv4 addresses. */
const MAPPED_BITS = 96;

/**
 * `192.0.2.0/24`, `2001:db8::/32`, a single address or `AS64500`; bits beyond the prefix are dropped, IPv4 written as IPv6
 * becomes IPv4. Null for what is none, and for a prefix of no bits: it would be everybody.
 */
export function listEntryOf(text: string): ListEntry | null {
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  const prefix = slash === -1 ? null : text.slice(slash + 1);
  if (prefix !== null && !/^\d{1,3}$/.test(prefix)) return null;
  if (isIPv4(address)) return networkEntry(bytesOf(address), prefix === null ? 32 : Number(prefix));
  if (isIPv6(address)) return ipv6Entry(address, prefix === null ? 128 : Number(prefix));
  return prefix === null ? asnEntryOf(/^AS(\d{1,10})$/i.exec(text)?.[1] ?? '') : null;
}

/** `64500`: digits alone name a system only where it is known that they do. */
export function asnEntryOf(digits: string): ListEntry | null {
  const asn = /^\d{1,10}$/.test(digits) ? Number(digits) : 0;
  return asn > 0 && asn <= 0xffffffff ? { low: asnKey(asn), bits: 32 } : null;
}

/** What the entries of a system begin with. */
export function asnKey(asn: number): Uint8Array {
  return Uint8Array.of(FAMILY.asn, asn >>> 24, (asn >>> 16) & 255, (asn >>> 8) & 255, asn & 255);
}

/** An entry as people write it: a single address without its prefix. */
export function listEntryText({ low, bits }: ListEntry): string {
  if (low[0] === FAMILY.asn) return `AS${wordAt(low, 1)}`;
  const bytes = [...low.subarray(1)];
  const address = low[0] === FAMILY.ipv4 ? bytes.join('.') : new ipaddr.IPv6(bytes).toRFC5952String();
  return bits === bytes.length * 8 ? address : `${address}/${bits}`;
}

/** Every network that holds a canonical address, the widest first; none for what is no address. */
export function networksAround(address: string): readonly ListEntry[] {
  const bytes = bytesOf(address);
  return Array.from({ length: bytes.length * 8 }, (_, index) => networkOf(bytes, index + 1));
}

/** The last address of a network, in the same form as its first. */
export function highOf({ low, bits }: ListEntry): Uint8Array {
  return low.map((byte, index) => (index === 0 ? byte : byte | (~maskOf(index - 1, bits) & 255)));
}

/** The unsigned 32 bits from a place on, highest byte first. */
export function wordAt(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/** None for what is no address. */
function bytesOf(address: string): Uint8Array {
  const words = addressWords(address) ?? [];
  const bytes = new DataView(new ArrayBuffer(words.length * 4));
  for (const [index, word] of words.entries()) bytes.setUint32(index * 4, word);
  return new Uint8Array(bytes.buffer);
}

function ipv6Entry(address: string, bits: number): ListEntry | null {
  const canonical = normaliseIp(address);
  if (canonical === null || address.includes('%')) return null;
  // A block that is wider than the one for IPv4 is one of IPv6, whatever its first address looks like.
  const isWrapped = isIPv4(canonical) && bits >= MAPPED_BITS;
  return isWrapped
    ? networkEntry(bytesOf(canonical), bits - MAPPED_BITS)
    : networkEntry(bytesOf(address), bits);
}

function networkEntry(bytes: ArrayLike<number>, bits: number): ListEntry | null {
  return bits >= 1 && bits <= bytes.length * 8 ? networkOf(bytes, bits) : null;
}

function networkOf(bytes: ArrayLike<number>, bits: number): ListEntry {
  const low = new Uint8Array(bytes.length + 1);
  low[0] = bytes.length === 4 ? FAMILY.ipv4 : FAMILY.ipv6;
  for (let index = 0; index < bytes.length; index += 1) {
    low[index + 1] = (bytes[index] ?? 0) & maskOf(index, bits);
  }
  return { low, bits };
}

/** Which bits of a byte of the address a prefix fixes. */
function maskOf(byteIndex: number, bits: number): number {
  const within = Math.min(8, Math.max(0, bits - byteIndex * 8));
  return (0xff << (8 - within)) & 0xff;
}
