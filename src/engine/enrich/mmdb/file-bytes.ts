/** The bytes of a file, of which perhaps only a few are in memory at a time. */
export type FileBytes = {
  readonly byteLength: number;
  /**
   * Where in `view` so many bytes from `offset` on stand, until the next call. Throws RangeError when the file does
   * not have them, and what reading it throws.
   */
  locate(offset: number, length: number): number;
  /** Another one after each `locate`: to be asked for afterwards. */
  readonly view: Buffer;
};

/** Throws RangeError for bytes that a file of this length does not have. */
export function requireWithin(byteLength: number, offset: number, length: number): void {
  if (offset >= 0 && offset + length <= byteLength) return;
  throw new RangeError('the file ends before that');
}
