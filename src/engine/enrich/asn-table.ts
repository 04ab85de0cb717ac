import { addressWords } from './ip.ts';
import { packOrgNames, type OrgNames } from './org-names.ts';

/** Announced address ranges and who announces them; opened from the `asn.bin` that scripts/pack-asn.mjs writes. */
export type AsnTable = {
  /** Day of the data, `2026-06-17`; null when the package did not say. */
  readonly builtOn: string | null;
  /** The network a canonical address is announced by; null when nobody announces it. */
  lookup(address: string): { readonly asn: number; readonly org: string | null } | null;
  /** Name of an autonomous system; null when the table has none. */
  orgOf(asn: number): string | null;
};

const MAGIC = 0x53415350;
const FORMAT = 1;
const HEADER_WORDS = 8;

/**
 * Reads the packed table without copying its arrays. Both families keep full precision: 183 IPv6 ranges of the
 * 2026-06 data are finer than /64, so the top half of an address would not do.
 * Throws an Error that says what is wrong when the bytes are not such a table.
 */
export function openAsnTable(bytes: Uint8Array): AsnTable {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const buffer = aligned.buffer;
  if (aligned.byteLength < HEADER_WORDS * 4) throw new Error('the file is too short for an ASN table');
  const header = new Uint32Array(buffer, aligned.byteOffset, HEADER_WORDS);
  const [magic = 0, format = 0, rows4 = 0, rows6 = 0, jsonBytes = 0] = header;
  if (magic !== MAGIC || format !== FORMAT) throw new Error('the file is no ASN table of this version');
  const jsonAt = (HEADER_WORDS + rows4 * 3 + rows6 * 9) * 4;
  if (jsonAt + jsonBytes !== aligned.byteLength) throw new Error('the ASN table is cut off');

  let offset = aligned.byteOffset + HEADER_WORDS * 4;
  const take = (words: number) => {
    const array = new Uint32Array(buffer, offset, words);
    offset += words * 4;
    return array;
  };
  const ranges = (words: number, rows: number): Ranges => ({
    words,
    starts: take(rows * words),
    ends: take(rows * words),
    asns: take(rows),
  });
  const families = [ranges(1, rows4), ranges(4, rows6)];
  const { builtOn, orgs } = tail(aligned.subarray(jsonAt));

  return {
    builtOn,
    orgOf: (asn) => orgs.of(asn),
    lookup(address) {
      const wanted = addressWords(address);
      const family = families.find(({ words }) => words === wanted?.length);
      if (wanted === null || family === undefined) return null;
      const asn = find(family, wanted);
      return asn === null ? null : { asn, org: orgs.of(asn) };
    },
  };
}

/** Sorted, inclusive, without overlaps; row r has the words r × words … of `starts` and `ends`. */
type Ranges = {
  readonly words: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly asns: Uint32Array;
};

function find({ words, starts, ends, asns }: Ranges, wanted: readonly number[]): number | null {
  let low = 0;
  let high = asns.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(starts, middle * words, wanted) <= 0) low = middle + 1;
    else high = middle;
  }
  const row = low - 1;
  if (row < 0 || compare(ends, row * words, wanted) < 0) return null;
  return asns[row] ?? null;
}

function compare(array: Uint32Array, at: number, wanted: readonly number[]): number {
  for (let word = 0; word < wanted.length; word += 1) {
    const difference = (array[at + word] ?? 0) - (wanted[word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function tail(bytes: Uint8Array): { builtOn: string | null; orgs: OrgNames } {
  // Our own build wrote it beside the arrays whose lengths have just been checked.
  const json = JSON.parse(new TextDecoder().decode(bytes)) as {
    builtOn: string | null;
    orgs: [number, string][];
  };
  return { builtOn: json.builtOn, orgs: packOrgNames(json.orgs) };
}
