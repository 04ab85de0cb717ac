import { describe, expect, it } from 'vitest';
import { sessionKey } from '../../../src/engine/poll/session-key.ts';

const secret = Buffer.alloc(32, 7);

describe('a session key', () => {
  it('is 26 characters of lower-case base 32 and the same each time', () => {
    const key = sessionKey(secret, 'chat', 'ann', 'abc');
    expect(key).toMatch(/^[a-z2-7]{26}$/);
    expect(sessionKey(secret, 'chat', 'ann', 'abc')).toBe(key);
  });

  it('differs by source, account, identity and key', () => {
    const keys = [
      sessionKey(secret, 'chat', 'ann', 'abc'),
      sessionKey(secret, 'files', 'ann', 'abc'),
      sessionKey(secret, 'chat', 'bob', 'abc'),
      sessionKey(secret, 'chat', 'ann', 'abd'),
      sessionKey(Buffer.alloc(32, 8), 'chat', 'ann', 'abc'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('can not be shifted from one part into the next', () => {
    expect(sessionKey(secret, 'a', 'bc', 'd')).not.toBe(sessionKey(secret, 'ab', 'c', 'd'));
  });
});
