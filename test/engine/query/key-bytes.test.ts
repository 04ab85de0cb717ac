import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionKeys } from '../../../src/engine/poll/session-key.ts';
import { keyBytes, keyRanges, keyText } from '../../../src/engine/query/key-bytes.ts';

const keyOf = sessionKeys(randomBytes(32), 'chat', '*');
const madeKey = fc.string().map(keyOf);
const anyText = fc.oneof(
  madeKey,
  fc.string(),
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
);

function isWithin(bytes: Buffer, beginning: string): boolean {
  const ranges = keyRanges(beginning);
  if (ranges === null) return true;
  return ranges.some(({ low, high }) => Buffer.compare(low, bytes) <= 0 && Buffer.compare(bytes, high) <= 0);
}

describe('the bytes of a session’s key', () => {
  it('are the 130 bits it stands for', () => {
    fc.assert(fc.property(madeKey, (key) => keyBytes(key).length === 17));
    expect(keyBytes('a'.repeat(26)).toString('hex')).toBe('00'.repeat(17));
    expect(keyBytes('7'.repeat(26)).toString('hex')).toBe(`${'ff'.repeat(16)}c0`);
    expect(keyBytes(`${'a'.repeat(25)}b`).toString('hex')).toBe(`${'00'.repeat(16)}40`);
  });

  it('become the same text again, whatever it was', () => {
    fc.assert(fc.property(anyText, (text) => keyText(keyBytes(text)) === text));
  });

  it('of a text that is no key are never those of a key', () => {
    const sixteen = fc.string({ unit: 'grapheme-ascii', minLength: 16, maxLength: 16 });
    fc.assert(fc.property(sixteen, (text) => keyText(keyBytes(text)) === text));
  });

  it('lie within the ranges of every beginning of the text', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 30 }), (text, length) => {
        expect(isWithin(keyBytes(text), Array.from(text).slice(0, length).join(''))).toBe(true);
      }),
    );
  });

  it('of another beginning lie outside', () => {
    fc.assert(
      fc.property(madeKey, fc.integer({ min: 1, max: 26 }), (key, length) => {
        const other = key.slice(0, length - 1) + (key[length - 1] === 'q' ? 'r' : 'q');
        expect(isWithin(keyBytes(key), other)).toBe(false);
      }),
    );
  });
});
