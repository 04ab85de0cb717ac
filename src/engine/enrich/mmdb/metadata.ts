import type { FileBytes } from './file-bytes.ts';
import type { TreeShape } from './tree.ts';
import { MmdbValues } from './values.ts';

export type MmdbMetadata = TreeShape & {
  /** `GeoLite2-City`; empty when the file does not say. */
  readonly type: string;
  /** Build time in milliseconds since 1970; null when the file does not say. */
  readonly builtAtMs: number | null;
};

const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
/** The metadata are no longer than this, says the format. */
const MAX_BYTES = 128 * 1024;

/** What a MaxMind database file says of itself, at its end. Throws an Error when the bytes are no such file. */
export function readMetadata(bytes: FileBytes): MmdbMetadata {
  const tailBytes = Math.min(MAX_BYTES, bytes.byteLength);
  const tailStart = bytes.byteLength - tailBytes;
  const at = bytes.locate(tailStart, tailBytes);
  const marker = bytes.view.subarray(at, at + tailBytes).lastIndexOf(MARKER);
  if (marker === -1) throw new Error('the file is no MaxMind database');
  const said = new MmdbValues(bytes, tailStart + marker + MARKER.length).read(0);
  if (typeof said !== 'object' || said === null) throw new Error('the metadata are no map');
  const of = (name: string): unknown => Reflect.get(said, name);
  const builtAtMs = Number(of('build_epoch')) * 1000;
  const type = of('database_type');
  return {
    ...shapeOf(of('node_count'), of('record_size'), of('ip_version')),
    type: typeof type === 'string' ? type : '',
    builtAtMs: builtAtMs > 0 && Number.isFinite(builtAtMs) ? builtAtMs : null,
  };
}

function shapeOf(nodeCount: unknown, recordBits: unknown, ipVersion: unknown): TreeShape {
  if (typeof nodeCount !== 'number') throw new Error('unknown number of nodes');
  if (recordBits !== 24 && recordBits !== 28 && recordBits !== 32) throw new Error('unknown record size');
  if (ipVersion !== 4 && ipVersion !== 6) throw new Error('unknown address family');
  return { nodeCount, recordBits, ipVersion };
}
