import { isIP } from 'node:net';

/** What better-auth stores of an `X-Forwarded-For`: nothing for several hops, a written-out /64 for IPv6. */
export function storedAddress(forwardedFor: string): string {
  const version = isIP(forwardedFor);
  if (version === 0) return '';
  return version === 4 ? forwardedFor : writtenOut64(forwardedFor);
}

/** `2001:db8::1` as `2001:0db8:0000:0000:0000:0000:0000:0000`. */
function writtenOut64(address: string): string {
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle: string[] = Array.from({ length: 8 - front.length - back.length }, () => '0');
  const groups = tail === undefined ? front : [...front, ...middle, ...back];
  const network = groups.slice(0, 4).map((group) => group.padStart(4, '0'));
  return [...network, '0000', '0000', '0000', '0000'].join(':');
}
