import { addressWords } from '../ip.ts';
import type { FileBytes } from './file-bytes.ts';
import { readMetadata } from './metadata.ts';
import { MmdbTree } from './tree.ts';
import { MmdbValues } from './values.ts';

export type MmdbRecord = Readonly<Record<string, unknown>>;

/** What an adapter makes of a record: a value, nothing of interest, or values that can't be true. */
export type Reading<T> = { kind: 'value'; value: T } | { kind: 'nothing' } | { kind: 'broken' };

/**
 * One MaxMind database file. Files come from anywhere, so nothing in them is believed: a lookup that throws (seen with
 * a wrong node count), a record that is no object (seen with odd trees) and a value that can't be are counted and
 * answered with null; one bad record never stops a sweep. The library for such files (maxmind, which tests compare this
 * with) wants all of a file in memory: 134 MB for those we bring.
 */
export class Mmdb {
  readonly #tree: MmdbTree;
  readonly #values: MmdbValues;
  readonly type: string;
  readonly ipVersion: 4 | 6;
  /** Build time in milliseconds since 1970; null when the file does not say. */
  readonly builtAtMs: number | null;
  #faults = 0;

  /** Throws an Error when the bytes are no such file. */
  constructor(bytes: FileBytes) {
    const metadata = readMetadata(bytes);
    this.#tree = new MmdbTree(bytes, metadata);
    this.#values = new MmdbValues(bytes, this.#tree.dataStart);
    this.type = metadata.type;
    this.ipVersion = metadata.ipVersion;
    this.builtAtMs = metadata.builtAtMs;
  }

  /** How many lookups failed since the file was opened. */
  get faults(): number {
    return this.#faults;
  }

  /** What `read` makes of the record of a canonical address; null when there is none or it can't be used. */
  lookup<T>(address: string, read: (record: MmdbRecord) => Reading<T>): T | null {
    const { record } = this.networkAt(address);
    if (record === null) return null;
    const reading: Reading<T> = record === 'broken' ? { kind: 'broken' } : read(record);
    if (reading.kind === 'broken') this.#faults += 1;
    return reading.kind === 'value' ? reading.value : null;
  }

  /** The raw record and the size of its network in bits; counts nothing. */
  networkAt(address: string): { record: MmdbRecord | null | 'broken'; prefixLength: number } {
    const words = addressWords(address);
    const addressBits = (words?.length ?? 0) * 32;
    // An IPv6 address asked of an IPv4 tree does not fail: it answers a wrong place.
    if (words === null || (words.length > 1 && this.ipVersion === 4))
      return { record: null, prefixLength: addressBits };
    try {
      const { offset, prefixLength } = this.#tree.find(words);
      if (offset === null) return { record: null, prefixLength };
      const record = this.#values.read(offset);
      return { record: isRecord(record) ? record : 'broken', prefixLength };
    } catch {
      return { record: 'broken', prefixLength: addressBits };
    }
  }
}

export function isRecord(value: unknown): value is MmdbRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
