import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EngineError } from '../errors.ts';

/** A file that is being read from its start to its end, once. */
export type OpenFile = {
  /** What is in it, unpacked where it is compressed. Throws `invalid-input` with a sentence when it can't be read on. */
  readonly chunks: AsyncIterable<Buffer>;
  readonly totalBytes: number;
  /** Bytes read so far, of the file as it lies there. */
  bytes(): number;
  /** SHA-256 of the file as it lies there, in hex; to be asked once, after the last chunk. */
  sha256(): string;
};

/** First bytes of a gzip file (RFC 1952). */
const GZIP = Buffer.from([0x1f, 0x8b]);
const READ_BYTES = 262_144;

/** Opens a file for reading. Throws `invalid-input` with a sentence when there is nothing to read. */
export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, 'r').catch(explain);
  try {
    const { size, isGzip } = await look(handle);
    const hash = createHash('sha256');
    let bytes = 0;
    const counted = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    };
    // Streams are made when they are read: one that fails before anybody listens would end the process.
    const content = async function* (): AsyncGenerator<Buffer> {
      const stream = handle.createReadStream({ start: 0, highWaterMark: READ_BYTES });
      try {
        yield* isGzip ? pipeline(stream, counted, createGunzip(), () => undefined) : counted(stream);
      } catch (error) {
        explain(error);
      }
    };
    return { chunks: content(), totalBytes: size, bytes: () => bytes, sha256: () => hash.digest('hex') };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function look(handle: FileHandle): Promise<{ size: number; isGzip: boolean }> {
  const stats = await handle.stat();
  if (stats.isDirectory()) throw refusal('It is a folder: name the file in it.');
  if (!stats.isFile()) throw refusal('It is no regular file: save what it yields to a file first.');
  if (stats.size === 0) throw refusal('The file is empty.');
  const { buffer } = await handle.read(Buffer.alloc(GZIP.length), 0, GZIP.length, 0).catch(explain);
  return { size: stats.size, isGzip: buffer.equals(GZIP) };
}

/** Why nothing was imported, in one sentence. The path stays out of it: it may lie outside the data directory. */
export function refusal(why: string, cause?: unknown): EngineError {
  return new EngineError('invalid-input', `Nothing was imported. ${why}`, { field: 'file', cause });
}

const sentences = new Map([
  ['ENOENT', 'There is no such file.'],
  ['ENOTDIR', 'There is no such file: a part of its path is no folder.'],
  ['ENAMETOOLONG', 'There is no such file: its name is too long.'],
  ['EISDIR', 'It is a folder: name the file in it.'],
  ['EACCES', 'The file may not be read: check its permissions.'],
  ['EPERM', 'The file may not be read: check its permissions.'],
  ['EIO', 'The disk could not read the file: copy it from somewhere else.'],
]);

/** What the file itself is to blame for; anything else is a bug. */
function explain(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const sentence = sentences.get(code);
  if (sentence !== undefined) throw refusal(sentence, error);
  if (code.startsWith('Z_'))
    throw new EngineError(
      'invalid-input',
      'The compressed file is damaged or cut off: what could be read of it is in. Import a whole copy, which adds the rest.',
      { field: 'file', cause: error },
    );
  throw error;
}
