import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionKeys } from '../../../src/engine/poll/session-key.ts';

const secret = Buffer.alloc(32, 7);
const keyOf = (key: Buffer, source: string, account: string, identity: string) =>
  sessionKeys(key, source, account)(identity);

/** The definition, said with Node's own HMAC and big numbers. */
function expected(key: Buffer, source: string, account: string, identity: string): string {
  const digest = createHmac('sha256', key)
    .update(JSON.stringify([source, account, identity]))
    .digest('hex');
  const bits = BigInt(`0x${digest}`) >> BigInt(256 - 130);
  return Array.from({ length: 26 }, (_, at) => Number((bits >> BigInt(5 * (25 - at))) & 31n))
    .map((group) => 'abcdefghijklmnopqrstuvwxyz234567'[group])
    .join('');
}

describe('the key of a session', () => {
  it('is 26 characters of base 32 and the same every time', () => {
    const key = keyOf(secret, 'chat', 'ann', 'abc');
    expect(key).toMatch(/^[a-z2-7]{26}$/);
    expect(keyOf(secret, 'chat', 'ann', 'abc')).toBe(key);
  });

  it('is another for another source, account, native id or data directory', () => {
    const keys = [
      keyOf(secret, 'chat', 'ann', 'abc'),
      keyOf(secret, 'files', 'ann', 'abc'),
      keyOf(secret, 'chat', 'bob', 'abc'),
      keyOf(secret, 'chat', 'ann', 'abd'),
      keyOf(Buffer.alloc(32, 8), 'chat', 'ann', 'abc'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not confuse where one part ends and the next begins', () => {
    expect(keyOf(secret, 'a', 'bc', 'd')).not.toBe(keyOf(secret, 'ab', 'c', 'd'));
  });

  it('is the HMAC of its definition for any texts and any key', () => {
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    const key = fc.uint8Array({ minLength: 32, maxLength: 64 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(key, text, text, text, (bytes, source, account, identity) => {
        expect(keyOf(bytes, source, account, identity)).toBe(expected(bytes, source, account, identity));
      }),
    );
  });
});
