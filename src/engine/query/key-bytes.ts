/** Texts from `low` to `high`, both included, as bytes. */
export type ByteRange = { readonly low: Buffer; readonly high: Buffer };

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** What `poll/session-key.ts` makes: 26 characters of five bits. */
const KEY = /^[a-z2-7]{26}$/;
const BEGINNING_OF_KEY = /^[a-z2-7]{1,26}$/;
const KEY_CHARACTERS = 26;
const BITS_PER_CHARACTER = 5;
/** The six bits that are left over are 0. */
export const PACKED_BYTES = 17;
const LEFT_OVER = 0b111111;
/** Behind a text that is no key; a packed key never ends so. */
const TEXT_END = 1;

/**
 * Bytes of a key that its index is over. Keys are as good as random, so that among ten million of them a look-up meets
 * another one once in 400 times; the rest of the key would double the index.
 */
const INDEXED_BYTES = 4;

const valueOfCode = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))),
);
const codeOfValue = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));

/** A session's public key as it is stored: 17 bytes. Any other text, which no session is called, becomes other bytes. */
export function keyBytes(key: string): Buffer {
  return isKey(key) ? packed(key) : Buffer.from([...Buffer.from(key), TEXT_END]);
}

/** Whether a text is what keys look like, so that its bytes are the shorter ones and no other text's. */
export function isKey(text: string): boolean {
  return KEY.test(text);
}

/** The text that `keyBytes` made these of. */
export function keyText(bytes: Buffer): string {
  if (!isPacked(bytes)) return bytes.toString('utf8', 0, bytes.length - 1);
  const text = Buffer.allocUnsafe(KEY_CHARACTERS);
  for (let index = 0; index < KEY_CHARACTERS; index += 1) {
    const bit = index * BITS_PER_CHARACTER;
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    text[index] = codeOfValue[(pair >> (16 - BITS_PER_CHARACTER - (bit & 7))) & 31] ?? 0;
  }
  return text.toString('latin1');
}

/** The bytes of all keys that begin so; null when all do. */
export function keyRanges(beginning: string): readonly ByteRange[] | null {
  if (beginning === '') return null;
  const text = Buffer.from(beginning);
  const asText = { low: text, high: Buffer.concat([text, Buffer.from([0xff])]) };
  if (!BEGINNING_OF_KEY.test(beginning)) return [asText];
  const asKey = {
    low: packed(beginning.padEnd(KEY_CHARACTERS, 'a')),
    high: packed(beginning.padEnd(KEY_CHARACTERS, '7')),
  };
  return [asKey, asText];
}

/** What an index answers of a column of stored keys: the bytes' beginnings first. `bind` names a parameter. */
export function keyWithin(column: string, { low, high }: ByteRange, bind: (value: Buffer) => string): string {
  const [from, until] = [low, high].map((bytes) => bind(bytes.subarray(0, INDEXED_BYTES)));
  return `(${indexed(column)} BETWEEN ${from ?? ''} AND ${until ?? ''} AND ${column} BETWEEN ${bind(low)} AND ${bind(high)})`;
}

/**
 * The same of one key, whose bytes are an SQL expression. Said by way of a SELECT: of a parameter itself SQLite would look up
 * how common it is, and plan the statement anew for each key (10 times the effort).
 */
export function keyIs(column: string, bytes: string): string {
  return `(${indexed(column)} = (SELECT ${indexed(bytes)}) AND ${column} = ${bytes})`;
}

/** The keys of the JSON array `@keys`, as rows with the text and the bytes of one each: `spelled`, `asked`. */
export const askedKeys = 'SELECT value AS spelled, key_bytes(value) AS asked FROM json_each(@keys)';

function indexed(bytes: string): string {
  return `substr(${bytes}, 1, ${INDEXED_BYTES})`;
}

function isPacked(bytes: Buffer): boolean {
  return bytes.length === PACKED_BYTES && ((bytes[PACKED_BYTES - 1] ?? 0) & LEFT_OVER) === 0;
}

function packed(key: string): Buffer {
  const bytes = Buffer.allocUnsafe(PACKED_BYTES);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = 0; index < KEY_CHARACTERS; index += 1) {
    bits = ((bits << BITS_PER_CHARACTER) | (valueOfCode[key.charCodeAt(index)] ?? 0)) & 0xfff;
    held += BITS_PER_CHARACTER;
    if (held < 8) continue;
    held -= 8;
    bytes[at] = (bits >> held) & 0xff;
    at += 1;
  }
  bytes[at] = (bits << (8 - held)) & 0xff;
  return bytes;
}
