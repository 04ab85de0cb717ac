import { describe, expect, it } from 'vitest';
import { Admission, newToken } from '../../src/web/admission.ts';

describe('admission', () => {
  it('gives one session for the token, and none ever after', () => {
    const token = newToken();
    const admission = new Admission(8123, token);
    expect(admission.exchange(token)).toMatch(
      /^sessionscope-8123=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(admission.exchange(token)).toBeNull();
  });

  it('gives nothing for another token, and the right one still works', () => {
    const token = newToken();
    const admission = new Admission(8123, token);
    for (const wrong of ['', 'x', newToken(), `${token}x`, token.slice(1)]) {
      expect(admission.exchange(wrong)).toBeNull();
    }
    expect(admission.exchange(token)).not.toBeNull();
  });

  it('knows its cookie among others and believes no other', () => {
    const token = newToken();
    const admission = new Admission(8123, token);
    expect(admission.hasSession('sessionscope-8123=')).toBe(false);
    const cookie = admission.exchange(token)?.split(';')[0] ?? '';
    expect(admission.hasSession(cookie)).toBe(true);
    expect(admission.hasSession(`theme=dark; ${cookie}; a=b`)).toBe(true);
    expect(admission.hasSession(undefined)).toBe(false);
    expect(admission.hasSession(cookie.replace('8123', '8124'))).toBe(false);
    expect(admission.hasSession(`${cookie}x`)).toBe(false);
    expect(admission.hasSession(`x${cookie}`)).toBe(false);
    expect(admission.hasSession(`sessionscope-8123=${token}`)).toBe(false);
  });

  it('makes tokens of 256 bits', () => {
    expect(Buffer.from(newToken(), 'base64url')).toHaveLength(32);
    expect(newToken()).not.toBe(newToken());
  });
});
