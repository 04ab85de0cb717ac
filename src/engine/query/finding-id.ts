/** What `store/finding-identity.ts` makes: 104 bits in hex. */
const FINDING_ID = /^[0-9a-f]{26}$/;
const BEGINNING_OF_FINDING_ID = /^[0-9a-f]{1,26}$/;
const DIGITS = 26;

/** A finding's id as it is stored: 13 bytes. Null for any other text, which no finding is called. */
export function findingIdBytes(id: string): Buffer | null {
  return FINDING_ID.test(id) ? Buffer.from(id, 'hex') : null;
}

/** The first and the last id that begin so, as they are stored; null where none does. */
export function findingIdRange(beginning: string): { readonly low: Buffer; readonly high: Buffer } | null {
  if (!BEGINNING_OF_FINDING_ID.test(beginning)) return null;
  return {
    low: Buffer.from(beginning.padEnd(DIGITS, '0'), 'hex'),
    high: Buffer.from(beginning.padEnd(DIGITS, 'f'), 'hex'),
  };
}

/** The id as everybody spells it, of a column that holds its bytes. */
export function findingIdText(column: string): string {
  return `lower(hex(${column}))`;
}
