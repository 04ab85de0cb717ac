import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { IpClass } from '../../contract/place.ts';

/** Longer texts are no address and no proxy list that anyone sends in earnest. */
const MAX_TEXT = 1024;
const UNKNOWN_WORDS = new Set(['', '-', 'unknown', 'null', 'none', 'undefined', '(null)', 'n/a']);

/**
 * One spelling per address: dotted IPv4, RFC 5952 IPv6; null for what is no address (`""`, `"Unknown"`, text).
 *
 * Ports, brackets, quotes, zone ids and a host-sized prefix (`/32`, `/64`, `/128`) are taken off; IPv4 written inside
 * IPv6 (`::ffff:1.2.3.4`, RFC 6052's `64:ff9b::1.2.3.4`) becomes IPv4; `localhost` becomes `127.0.0.1`.
 *
 * Of a comma-separated list (X-Forwarded-For) the first address that the internet could have seen counts, else the
 * first valid one: a company's own proxies come before it as private addresses. Whoever speaks to the far side
 * can write the front of that list himself, and only the far side knows which proxies it trusts: such an address
 * is what the source says, not proof.
 */
export function normaliseIp(text: string): string | null {
  if (text.length > MAX_TEXT) return null;
  if (!text.includes(',')) return oneAddress(text);
  const addresses = text.split(',').flatMap((item) => oneAddress(item) ?? []);
  return addresses.find(couldBeSeen) ?? addresses[0] ?? null;
}

/** Documentation ranges stand for public addresses wherever they are used on purpose. */
function couldBeSeen(address: string): boolean {
  const ipClass = classifyIp(address);
  return ipClass === 'public' || ipClass === 'documentation';
}

function oneAddress(item: string): string | null {
  const text = withoutWrapping(item.trim().toLowerCase());
  if (UNKNOWN_WORDS.has(text)) return null;
  if (text === 'localhost') return '127.0.0.1';
  if (isIPv4(text)) return text;
  if (!isIPv6(text)) return null;
  return canonicalIpv6(groupsOf(text));
}

/** `"[fe80::1%eth0]:443"` → `fe80::1`, `192.0.2.1:80` → `192.0.2.1`, `2001:db8::/64` → `2001:db8::`. */
function withoutWrapping(text: string): string {
  const unquoted = /^"(.*)"$/.exec(text)?.[1] ?? text;
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(unquoted)?.[1];
  const address = (bracketed ?? unquoted).replace(/%[^/]*/, '');
  const host = /^([^/]*)\/(\d+)$/.exec(address);
  if (host?.[1] !== undefined) {
    const sizes = host[1].includes(':') ? ['64', '128'] : ['32'];
    return sizes.includes(host[2] ?? '') ? host[1] : address;
  }
  return /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(address)?.[1] ?? address;
}

/**
 * The eight groups of a text that `isIPv6` accepts. ipaddr.js 2.5.0 is not asked to read it: it takes `::1.2.3.4`, a
 * long withdrawn form, for the IPv4-mapped address.
 */
function groupsOf(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const front = groupsOfPart(head);
  if (tail === undefined) return front;
  const back = groupsOfPart(tail);
  return [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back];
}

function groupsOfPart(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

const IPV4_WRAPPERS = [[0, 0, 0, 0, 0, 0xffff] as const, [0x64, 0xff9b, 0, 0, 0, 0] as const];

function canonicalIpv6(groups: number[]): string {
  const wrapsIpv4 = IPV4_WRAPPERS.some((prefix) => prefix.every((group, index) => groups[index] === group));
  if (!wrapsIpv4) return new ipaddr.IPv6(groups).toRFC5952String();
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

const DOCUMENTATION = [
  '192.0.2.0/24', // RFC 5737
  '198.51.100.0/24',
  '203.0.113.0/24',
  '2001:db8::/32', // RFC 3849
  '3fff::/20', // RFC 9637
].map((range) => ipaddr.parseCIDR(range));
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * What a canonical address (see `normaliseIp`) is by the IANA registries; `reserved` for all that no person's
 * connection comes from, text that is no address included. 6to4 and Teredo are `reserved`: the place of such an
 * address is that of a relay or of an IPv4 address it hides.
 */
export function classifyIp(address: string): IpClass {
  const parsed = parse(address);
  if (parsed === null) return 'reserved';
  if (DOCUMENTATION.some((range) => isIn(parsed, range))) return 'documentation';
  if (parsed.kind() === 'ipv6' && parsed.range() === 'unicast' && !isIn(parsed, GLOBAL_UNICAST)) {
    return 'reserved';
  }
  return CLASS_OF_RANGE.get(parsed.range()) ?? 'reserved';
}

/** ipaddr.js 2.5.0's range names; its typings miss some (`deprecatedSiteLocal`), so the keys are plain text. */
const CLASS_OF_RANGE = new Map<string, IpClass>([
  ['unicast', 'public'],
  ['private', 'private'],
  ['loopback', 'loopback'],
  ['linkLocal', 'link-local'],
  ['carrierGradeNat', 'carrier-nat'],
  ['uniqueLocal', 'unique-local'],
  ['deprecatedSiteLocal', 'unique-local'],
  ['multicast', 'multicast'],
]);

type Parsed = ReturnType<typeof ipaddr.parse>;

function parse(address: string): Parsed | null {
  if (isIPv4(address)) return new ipaddr.IPv4(address.split('.').map(Number));
  return isIPv6(address) && !address.includes('%') ? new ipaddr.IPv6(groupsOf(address)) : null;
}

function isIn(address: Parsed, range: [Parsed, number]): boolean {
  return address.kind() === range[0].kind() && address.match(range);
}

/** The network an address is learned by: IPv4 /24, IPv6 /48 (`2001:db8:1::/48`); null for what is no address. */
export function prefixOf(address: string): string | null {
  const words = addressWords(address);
  if (words === null) return null;
  if (words.length === 1) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`;
  const groups = groupsOf(address).map((group, index) => (index < 3 ? group : 0));
  return `${new ipaddr.IPv6(groups).toRFC5952String()}/48`;
}

/** By hand, because every row of a sweep and every line of a list has one. */
function ipv4Word(address: string): number {
  let [word, part] = [0, 0];
  for (let index = 0; index < address.length; index += 1) {
    const digit = address.charCodeAt(index) - 48;
    // The dot comes before the digits.
    if (digit >= 0) part = part * 10 + digit;
    else [word, part] = [word * 256 + part, 0];
  }
  return word * 256 + part;
}

/** A canonical address as unsigned 32-bit words, highest first: one for IPv4, four for IPv6; null for text. */
export function addressWords(address: string): number[] | null {
  if (isIPv4(address)) return [ipv4Word(address)];
  const parsed = parse(address);
  if (parsed === null) return null;
  const bytes = parsed.toByteArray();
  const words: number[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(at, at + 4);
    words.push(((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
  }
  return words;
}
