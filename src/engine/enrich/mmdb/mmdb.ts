import { isIPv6 } from 'node:net';
import { Reader, type Response } from 'maxmind';
import { BoundedMap } from '../bounded-memo.ts';
import { fileAsBuffer } from './file-as-buffer.ts';
import type { PagedFile } from './paged-file.ts';

export type MmdbRecord = Readonly<Record<string, unknown>>;

/** What an adapter makes of a record: a value, nothing of interest, or values that can't be true. */
export type Reading<T> = { kind: 'value'; value: T } | { kind: 'nothing' } | { kind: 'broken' };

/** What stands before the metadata, which end the file and are no longer than this, says the format. */
const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
const MAX_METADATA_BYTES = 128 * 1024;

/** Records and parts of records, as `maxmind` decodes them: of a million addresses many are in one place. */
const MAX_DECODED = 4_096;

/**
 * One MaxMind database file. Files come from anywhere, so nothing in them is believed: a lookup that
 * throws (seen with a wrong node count), a record that is no object (seen with odd trees) and a value that can't be
 * are counted and answered with null; one bad record never stops a sweep.
 */
export class Mmdb {
  readonly #reader: Reader<Response>;
  readonly type: string;
  readonly ipVersion: 4 | 6;
  /** Build time in milliseconds since 1970; null when the file does not say. */
  readonly builtAtMs: number | null;
  #faults = 0;

  /** Throws an Error when it is no such file. */
  constructor(file: PagedFile) {
    requireMarker(file);
    this.#reader = new Reader(fileAsBuffer(file), { cache: new BoundedMap(MAX_DECODED) });
    const metadata: Readonly<Record<'ipVersion' | 'databaseType' | 'buildEpoch', unknown>> =
      this.#reader.metadata;
    if (metadata.ipVersion !== 4 && metadata.ipVersion !== 6) throw new Error('unknown address family');
    this.ipVersion = metadata.ipVersion;
    this.type = typeof metadata.databaseType === 'string' ? metadata.databaseType : '';
    const builtAtMs = metadata.buildEpoch instanceof Date ? metadata.buildEpoch.getTime() : Number.NaN;
    this.builtAtMs = builtAtMs > 0 ? builtAtMs : null;
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
    // An IPv6 address asked of an IPv4 tree does not fail: it answers a wrong place.
    if (isIPv6(address) && this.ipVersion === 4) return { record: null, prefixLength: 128 };
    try {
      const [record, prefixLength]: [unknown, number] = this.#reader.getWithPrefixLength(address);
      if (record === null || record === undefined) return { record: null, prefixLength };
      return { record: isRecord(record) ? record : 'broken', prefixLength };
    } catch {
      return { record: 'broken', prefixLength: isIPv6(address) ? 128 : 32 };
    }
  }
}

/** The library looks for it from the end to the very beginning. */
function requireMarker(file: PagedFile): void {
  const bytes = Math.min(MAX_METADATA_BYTES, file.byteLength);
  const at = file.locate(file.byteLength - bytes, bytes);
  if (!file.view.subarray(at, at + bytes).includes(MARKER))
    throw new Error('the file is no MaxMind database');
}

export function isRecord(value: unknown): value is MmdbRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
