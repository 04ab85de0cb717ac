import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseIp } from '../../../src/engine/enrich/ip.ts';
import { ipBeginning } from '../../../src/engine/query/ip-beginning.ts';
import { ipSortKey } from '../../../src/engine/query/ip-range.ts';

const address = fc.oneof(fc.ipV4(), fc.ipV6()).map((text) => {
  const canonical = normaliseIp(text);
  if (canonical === null) throw new Error(`${text} is no address`);
  return canonical;
});

function sortKeyOf(text: string): Buffer {
  const key = ipSortKey(text);
  if (key === null) throw new Error(`${text} has no sort key`);
  return key;
}

function isWithin(text: string, beginning: string): boolean {
  const key = sortKeyOf(text);
  const ranges = ipBeginning(beginning);
  if (ranges === null) return true;
  return ranges.some(({ low, high }) => Buffer.compare(low, key) <= 0 && Buffer.compare(key, high) <= 0);
}

describe('a beginning of an address', () => {
  it('has all addresses that begin so within its ranges', () => {
    fc.assert(
      fc.property(address, fc.nat({ max: 39 }), (text, length) => isWithin(text, text.slice(0, length))),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['192.0.2.', '192.0.3.0', false],
    ['19', '190.0.0.1', true],
    ['19', '19.0.0.1', true],
    ['19', '191.0.0.1', true],
    ['19', '20.0.0.1', false],
    ['19', '1.9.0.0', false],
    ['0', '0.1.2.3', true],
    ['2001:db8:', '2001:db8::1', true],
    ['2001:db8:', '2001:db9::1', false],
    ['2001:db8::', '2001:db8::1', true],
    ['2a0', '2a02:1::', true],
    ['2a0', '2a0::1', true],
    ['2a0', '2a10::1', false],
  ])('%s: %s is within: %s', (beginning, text, expected) => {
    expect(isWithin(text, beginning)).toBe(expected);
  });

  it('says nothing where it is empty or the place of its parts is not known', () => {
    expect(ipBeginning('')).toBeNull();
    expect(ipBeginning(':')).toBeNull();
    expect(ipBeginning('::ffff')).toBeNull();
  });

  it('that no address has has no ranges', () => {
    expect(ipBeginning('1.2.3.4.5')).toEqual([]);
    expect(ipBeginning('berlin')).toEqual([]);
  });
});

describe('the sort key of an address', () => {
  it('is that of no other: they are told apart by it alone', () => {
    const other = fc.tuple(address, address).filter(([one, two]) => one !== two);
    fc.assert(fc.property(other, ([one, two]) => !sortKeyOf(one).equals(sortKeyOf(two))));
  });

  it('is the same however the address was written', () => {
    fc.assert(fc.property(fc.ipV6(), (text) => sortKeyOf(normaliseIp(text) ?? '').equals(sortKeyOf(text))));
  });

  it('says all there is to say of the address', () => {
    fc.assert(
      fc.property(address, (text) => {
        const [, ...bytes] = sortKeyOf(text);
        const pairs = Array.from(
          { length: 8 },
          (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0),
        );
        const spelled =
          bytes.length === 4 ? bytes.join('.') : pairs.map((pair) => pair.toString(16)).join(':');
        expect(normaliseIp(spelled)).toBe(text);
      }),
    );
  });
});
