import { describe, expect, it } from 'vitest';
import { ipRange, ipSortKey } from '../../../src/engine/query/ip-range.ts';

function contains(network: string, address: string): boolean {
  const range = ipRange(network);
  const key = ipSortKey(address);
  if (range === null || key === null) throw new Error('not an address');
  return Buffer.compare(range.low, key) <= 0 && Buffer.compare(key, range.high) <= 0;
}

describe('a network', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['192.0.2.77/30', '192.0.2.76', true],
    ['192.0.2.77/30', '192.0.2.80', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '::1', true],
    ['::/0', '192.0.2.7', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
  ])('%s against %s is %s', (network, address, isInside) => {
    expect(contains(network, address)).toBe(isInside);
  });

  it.each([
    '',
    '10',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/8/8',
    '010.0.0.1',
    '1.2.3.4/-1',
  ])('refuses %j', (text) => {
    expect(ipRange(text)).toBeNull();
  });
});
