import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressWords, classifyIp, normaliseIp, prefixOf } from '../../../src/engine/enrich/ip.ts';

describe('normaliseIp', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    [' 198.51.100.7 ', '198.51.100.7'],
    ['198.51.100.7:51234', '198.51.100.7'],
    ['198.51.100.7/32', '198.51.100.7'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::FFFF:0102:0304', '1.2.3.4'],
    ['[::ffff:1.2.3.4]:443', '1.2.3.4'],
    ['64:ff9b::1.2.3.4', '1.2.3.4'],
    ['2001:0db8:0000:0000:0000:0000:0000:0000', '2001:db8::'],
    ['2001:db8::/64', '2001:db8::'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:2:3:4:5:6::8', '1:2:3:4:5:6:0:8'],
    ['::1.2.3.4', '::102:304'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:8443', '2001:db8::1'],
    ['"[2001:db8::1]:8443"', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%en-0]:80', 'fe80::1'],
    ['localhost', '127.0.0.1'],
    ['::1', '::1'],
  ])('writes %s as %s', (text, address) => expect(normaliseIp(text)).toBe(address));

  it.each([
    [
      '',
      ' ',
      'Unknown',
      'unknown',
      'null',
      '-',
      'host.example',
      '1.2.3',
      '1.2.3.256',
      '010.1.1.1',
      '0x7f.1.1.1',
    ],
    [
      '1',
      '2130706433',
      ':::',
      '1:2',
      '::1::',
      '1:2:3:4:5:6:7::8',
      '12345::',
      '1.2.3.4/24',
      '2001:db8::/32',
      '1.2.3.4:x',
      '１.２.３.４',
    ],
    ['::ffff:010.1.1.1', '1.2.3.4; DROP', '<b>1.2.3.4</b>', ',', ', ,'],
  ])('has no address for text that is none', (...texts) => {
    for (const text of texts) expect(normaliseIp(text), text).toBeNull();
  });

  it('takes the first address of a proxy list that the internet could have seen', () => {
    expect(normaliseIp('10.0.0.5, 8.8.8.8, 192.168.1.1')).toBe('8.8.8.8');
    expect(normaliseIp('unknown, [2001:4860::1]:443, 8.8.8.8')).toBe('2001:4860::1');
    expect(normaliseIp('198.51.100.7, 10.0.0.1')).toBe('198.51.100.7');
    expect(normaliseIp('10.0.0.5, 192.168.1.1')).toBe('10.0.0.5');
  });

  it('never throws, whatever the far side sends', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.%[]/,"xX '.split('')), maxLength: 80 }),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const address = normaliseIp(text);
        if (address !== null) expect(normaliseIp(address)).toBe(address);
      }),
      { numRuns: 3000 },
    );
    expect(normaliseIp('1'.repeat(1_000_000))).toBeNull();
  });

  it('writes every spelling of an IPv4 address alike', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(65_535), (address, port) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
        const hex = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
        const spellings = [
          `${address}:${port}`,
          `::ffff:${address}`,
          `::FFFF:${hex}`,
          `[::ffff:${hex}]:${port}`,
        ];
        for (const spelling of spellings) expect(normaliseIp(spelling), spelling).toBe(address);
      }),
    );
  });

  it('writes every spelling of an IPv6 address alike', () => {
    const groups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, fc.nat(65_535), (parts, port) => {
        const long = parts.map((part) => part.toString(16).padStart(4, '0')).join(':');
        const short = parts.map((part) => part.toString(16)).join(':');
        const url = new URL(`http://[${short}]/`).hostname;
        const all = [
          long,
          short,
          long.toUpperCase(),
          `${short}%eth0`,
          `[${long}]:${port}`,
          `${short}/128`,
          url,
        ];
        expect(new Set(all.map(normaliseIp)).size).toBe(1);
      }),
    );
  });
});

describe('classifyIp', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['2001:4860:4860::8888', 'public'],
    ['2a02:cf40::1', 'public'],
    ['10.0.0.1', 'private'],
    ['172.20.0.2', 'private'],
    ['192.168.1.1', 'private'],
    ['172.32.0.1', 'public'],
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['169.254.1.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['100.64.0.1', 'carrier-nat'],
    ['100.128.0.1', 'public'],
    ['fd00::1', 'unique-local'],
    ['fec0::1', 'unique-local'],
    ['192.0.2.1', 'documentation'],
    ['198.51.100.5', 'documentation'],
    ['203.0.113.1', 'documentation'],
    ['2001:db8::', 'documentation'],
    ['3fff::1', 'documentation'],
    ['3fff:fff:ffff::1', 'documentation'],
    ['3fff:1000::1', 'public'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['0.0.0.0', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['::', 'reserved'],
    ['::102:304', 'reserved'],
    ['2002:102:304::1', 'reserved'],
    ['2001::1', 'reserved'],
    ['4000::1', 'reserved'],
    ['nonsense', 'reserved'],
  ])('calls %s %s', (address, ipClass) => expect(classifyIp(address)).toBe(ipClass));
});

describe('prefixOf', () => {
  it('is the /24 of IPv4 and the /48 of IPv6', () => {
    expect(prefixOf('203.0.113.77')).toBe('203.0.113.0/24');
    expect(prefixOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1::/48');
    expect(prefixOf('2001:db8::1')).toBe('2001:db8::/48');
    expect(prefixOf('nonsense')).toBeNull();
  });
});

describe('addressWords', () => {
  it('keeps all bits of both families', () => {
    expect(addressWords('255.0.0.1')).toEqual([0xff000001]);
    expect(addressWords('2001:db8::ffff:1')).toEqual([0x20010db8, 0, 0, 0xffff0001]);
    expect(addressWords('')).toBeNull();
  });
});
