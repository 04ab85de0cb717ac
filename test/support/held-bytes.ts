import { requireWithin, type FileBytes } from '../../src/engine/enrich/mmdb/file-bytes.ts';

/** A file whose bytes are all in memory. */
export function heldBytes(bytes: Buffer): FileBytes {
  return {
    byteLength: bytes.length,
    view: bytes,
    locate(offset, length) {
      requireWithin(bytes.length, offset, length);
      return offset;
    },
  };
}
