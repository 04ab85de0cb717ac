import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { EngineError } from '../errors.ts';

/**
 * A file under a name of its own until it is whole: readers find the old file, the new one or none, never half of
 * one. Used with `await using`: what was not kept is removed.
 */
export class PartialFile implements AsyncDisposable {
  readonly #path: string;
  readonly #partialPath: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #isOpen = true;

  private constructor(path: string, partialPath: string, handle: FileHandle) {
    this.#path = path;
    this.#partialPath = partialPath;
    this.#handle = handle;
  }

  /** Begins a file beside `path`, readable by its owner only. Throws `invalid-input` with a sentence when it can't. */
  static async begin(path: string): Promise<PartialFile> {
    const partialPath = `${path}.${randomUUID().slice(0, 8)}.partial`;
    const handle = await open(partialPath, 'wx', 0o600).catch(explain);
    return new PartialFile(path, partialPath, handle);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Adds to the end. The next call has to wait for this one; `data` must not change until then. */
  async write(data: Uint8Array): Promise<void> {
    // The hash is computed while the system takes the data.
    const written = this.#handle.writeFile(data);
    this.#hash.update(data);
    await written.catch(explain);
    this.#bytes += data.length;
  }

  /** Brings everything to the disk; answers the SHA-256 of it. Nothing can be written afterwards. */
  async finish(): Promise<string> {
    await this.#handle.sync().catch(explain);
    await this.#close();
    return this.#hash.digest('hex');
  }

  /** Gives the finished file its name, in place of an older one. */
  async keep(): Promise<void> {
    await rename(this.#partialPath, this.#path).catch(explain);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    await rm(this.#partialPath, { force: true });
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
  }
}

const sentences = new Map([
  ['ENOENT', 'The report was not written: its folder does not exist. Create it or choose another one.'],
  ['ENOTDIR', 'The report was not written: a part of its path is no folder. Choose another path.'],
  ['EISDIR', 'The report was not written: its path is a folder. Add a file name.'],
  ['EACCES', 'The report was not written: its folder may not be written to. Choose another one.'],
  ['EPERM', 'The report was not written: its folder may not be written to. Choose another one.'],
  ['EROFS', 'The report was not written: its folder is read-only. Choose another one.'],
  ['ENAMETOOLONG', 'The report was not written: its name is too long. Choose a shorter one.'],
  ['ENOSPC', 'The report was not written: the disk is full. Make room or choose another disk.'],
  ['EDQUOT', 'The report was not written: the disk quota is used up. Make room or choose another disk.'],
]);

/** The path itself stays out of the message: it may lie outside the data directory. */
function explain(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const sentence = sentences.get(code);
  if (sentence === undefined) throw error;
  throw new EngineError('invalid-input', sentence, { field: 'path', cause: error });
}
