import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What the first 100 bytes of a SQLite file say (https://www.sqlite.org/fileformat.html), read without SQLite. */
export type Header = {
  readonly pageBytes: number;
  /** As the header counts; 0 when it does not. */
  readonly pages: number;
  /** Changes may be in a `-wal` file beside it. */
  readonly hasWal: boolean;
  readonly schema: number;
  readonly applicationId: number;
};

export type HeaderOf =
  | { readonly kind: 'sqlite'; readonly bytes: number; readonly header: Header }
  | { readonly kind: 'empty' | 'other'; readonly bytes: number };

const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;

/**
 * Changes nothing, not even by locking. Throws what opening a file throws; a folder throws EISDIR. Never for a database
 * that this process has open: closing it here would drop its locks (POSIX).
 */
export function readHeader(file: string): HeaderOf {
  const handle = openSync(file, 'r');
  try {
    const bytes = fstatSync(handle).size;
    const start = Buffer.alloc(HEADER_BYTES);
    const isWhole = readSync(handle, start, 0, HEADER_BYTES, 0) === HEADER_BYTES;
    if (bytes === 0) return { kind: 'empty', bytes };
    if (!isWhole || start.toString('latin1', 0, MAGIC.length) !== MAGIC) return { kind: 'other', bytes };
    return { kind: 'sqlite', bytes, header: headerOf(start) };
  } finally {
    closeSync(handle);
  }
}

/** The same; null for what can't be opened or read. */
export function headerOrNull(file: string): HeaderOf | null {
  try {
    return readHeader(file);
  } catch {
    return null;
  }
}

function headerOf(start: Buffer): Header {
  const pageBytes = start.readUInt16BE(16);
  return {
    pageBytes: pageBytes === 1 ? 65_536 : pageBytes,
    pages: start.readUInt32BE(28),
    hasWal: start.readUInt8(18) === 2,
    schema: start.readUInt32BE(60),
    applicationId: start.readUInt32BE(68),
  };
}
