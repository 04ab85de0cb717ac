import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may come in: whoever brings the one-time token gets a session, and the token is dead. Both are 256 random
 * bits, kept as hashes only, so that equal lengths are compared in constant time.
 */
export class Admission {
  readonly #cookieName: string;
  #tokenHash: Buffer | null;
  #sessionHash: Buffer | null = null;

  /** `port` goes into the cookie's name: browsers keep one jar for all ports of a host. */
  constructor(port: number, token: string) {
    this.#cookieName = `sessionscope-${port}`;
    this.#tokenHash = hash(token);
  }

  /** Trades the token for a Set-Cookie value; null when it is not the token, or was traded before. */
  exchange(token: string): string | null {
    if (this.#tokenHash === null || !timingSafeEqual(hash(token), this.#tokenHash)) return null;
    this.#tokenHash = null;
    const session = newToken();
    this.#sessionHash = hash(session);
    return `${this.#cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a Cookie header carries the session. */
  hasSession(cookieHeader: string | undefined): boolean {
    if (this.#sessionHash === null || cookieHeader === undefined) return false;
    const start = `${this.#cookieName}=`;
    for (const cookie of cookieHeader.split(';')) {
      const text = cookie.trim();
      if (text.startsWith(start)) return timingSafeEqual(hash(text.slice(start.length)), this.#sessionHash);
    }
    return false;
  }
}

/** 256 random bits, fit for an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
