import { describe, expect, it } from 'vitest';
import { MmdbValues } from '../../../../src/engine/enrich/mmdb/values.ts';
import { heldBytes } from '../../../support/held-bytes.ts';

const read = (bytes: readonly number[], offset = 0) =>
  new MmdbValues(heldBytes(Buffer.from(bytes)), 0).read(offset);
const hex = (text: string) => [...Buffer.from(text, 'hex')];

/** Examples of the format's own description, and of each type its longest form. */
describe('values in the format of MaxMind', () => {
  it.each([
    ['a short text', hex('42').concat([...Buffer.from('nx')]), 'nx'],
    ['a text of more than 28 bytes', [0x5d, 1, ...Buffer.from('x'.repeat(30))], 'x'.repeat(30)],
    ['a text of more than 284 bytes', [0x5e, 0, 1, ...Buffer.from('x'.repeat(286))], 'x'.repeat(286)],
    [
      'a text of more than 65,820 bytes',
      [0x5f, 0, 0, 1, ...Buffer.from('x'.repeat(65_822))],
      'x'.repeat(65_822),
    ],
    ['a double', hex('68400921fb54442d18'), Math.PI],
    ['a float', hex('0408').concat(hex('3fc00000')), 1.5],
    ['bytes', hex('82').concat([1, 2]), Buffer.from([1, 2])],
    ['no number', hex('a0'), 0],
    ['a number of two bytes', hex('a2ffff'), 65_535],
    ['a number of four bytes', hex('c4ffffffff'), 4_294_967_295],
    ['a negative number', hex('0401ffffffff'), -1],
    ['a number of eight bytes', hex('0802ffffffffffffffff'), 2n ** 64n - 1n],
    ['a number of sixteen bytes', hex('1003').concat(Array<number>(16).fill(255)), 2n ** 128n - 1n],
    ['true', hex('0107'), true],
    ['false', hex('0007'), false],
    ['a list', hex('0204a101a102'), [1, 2]],
    ['a map', hex('e142656ea101'), { en: 1 }],
  ])('are read: %s', (_, bytes, value) => {
    expect(read(bytes)).toEqual(value);
  });

  it.each([
    ['2', 1, hex('2000')],
    ['3', 2_048 + 1, hex('280001')],
    ['4', 526_336 + 1, hex('30000001')],
    ['5', 5, hex('3800000005')],
  ])('are pointed to by pointers of %s bytes', (_, target, pointer) => {
    const from = target + 4;
    const bytes = Buffer.alloc(from + pointer.length);
    bytes.set(hex('a107'), target);
    bytes.set(pointer, from);
    if (pointer.length === 2) bytes[from + 1] = target;
    expect(read([...bytes], from)).toBe(7);
  });

  it('go on behind a pointer', () => {
    expect(read(hex('a107' + '0304' + '2000' + 'a109' + '2000'), 2)).toEqual([7, 9, 7]);
  });

  it.each([
    ['a pointer to itself', hex('2000')],
    ['a list that contains itself', hex('01042000')],
    ['more entries than there is file', hex('ffffffff')],
    ['a text that ends behind the file', hex('5c61')],
    ['a type that there is none of', hex('0005')],
    ['a double of four bytes', hex('6400000000')],
    ['a number of five bytes', hex('c5ffffffffff')],
    ['a map whose names are numbers', hex('e1a101a101')],
  ])('are refused: %s', (_, bytes) => {
    expect(() => read(bytes)).toThrow();
  });

  it('call nothing by a name of an object', () => {
    const map = read([0xe1, 0x49, ...Buffer.from('__proto__'), 0xe1, 0x41, 0x61, 0xa1, 1]);
    expect(Object.keys(Object(map) as object)).toEqual(['__proto__']);
  });
});
