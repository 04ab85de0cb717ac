import { hash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY_CHARACTERS = 26;
const BITS_PER_CHARACTER = 5;
/** SHA-256 works on blocks of this many bytes (FIPS 180-4). */
const BLOCK_BYTES = 64;

/**
 * Makes the public identity of a source's sessions: HMAC-SHA-256 over source, account and native identity, the first 130
 * bits in lower-case base 32 (26 characters). The native id can't be computed back, because the HMAC's key (at most 64
 * bytes) never leaves the data directory.
 *
 * The HMAC is spelled out (RFC 2104) over Node's one-shot hash: made anew for each row, Node's own costs as much as
 * everything else that is done to the row.
 */
export function sessionKeys(
  identityKey: Buffer,
  source: string,
  account: string,
): (identity: string) => string {
  const inner = padded(identityKey, 0x36);
  const outer = padded(identityKey, 0x5c);
  const start = JSON.stringify([source, account]).slice(0, -1);
  return (identity) => {
    const message = Buffer.from(`${start},${JSON.stringify(identity)}]`);
    const digest = sha256(Buffer.concat([outer, sha256(Buffer.concat([inner, message]))]));
    return base32(digest);
  };
}

function padded(key: Buffer, pad: number): Buffer {
  if (key.length > BLOCK_BYTES) throw new RangeError('the identity key is longer than a block');
  return Buffer.from(Array.from({ length: BLOCK_BYTES }, (_, at) => (key[at] ?? 0) ^ pad));
}

function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** The first 26 groups of five bits, highest first. */
function base32(bytes: Buffer): string {
  let text = '';
  for (let group = 0; group < KEY_CHARACTERS; group += 1) {
    const bit = group * BITS_PER_CHARACTER;
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    text += ALPHABET[(pair >> (16 - BITS_PER_CHARACTER - (bit & 7))) & 31] ?? '';
  }
  return text;
}
