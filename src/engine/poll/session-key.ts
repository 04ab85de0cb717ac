import { createHmac } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY_CHARACTERS = 26;

/**
 * The public identity of a session: HMAC-SHA-256 over source, account and native identity, the first 130 bits in
 * lower-case base 32 (26 characters). The native id can't be computed back, because the HMAC's key never leaves the data directory.
 */
export function sessionKey(identityKey: Buffer, source: string, account: string, identity: string): string {
  const digest = createHmac('sha256', identityKey)
    .update(JSON.stringify([source, account, identity]))
    .digest();
  let bits = 0n;
  for (const byte of digest) bits = (bits << 8n) | BigInt(byte);
  bits >>= BigInt(digest.length * 8 - KEY_CHARACTERS * 5);
  let key = '';
  for (let i = 0; i < KEY_CHARACTERS; i += 1) {
    key = (ALPHABET[Number(bits & 31n)] ?? '') + key;
    bits >>= 5n;
  }
  return key;
}
