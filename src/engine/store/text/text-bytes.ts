/** Most bytes that a UTF-16 unit takes in UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/**
 * Collects lines as the bytes of a file, in memory that is used again for the next page. Each line is encoded by itself:
 * collected as text, a page would be in memory twice over, and one foreign letter would make all of it slow to encode.
 */
export class TextBytes {
  #bytes = Buffer.allocUnsafeSlow(1_000_000);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(line: string): void {
    this.#reserve(line.length * MAX_BYTES_PER_UNIT);
    this.#size += this.#bytes.write(line, this.#size);
  }

  /** Begins anew. */
  clear(): void {
    this.#size = 0;
  }

  /** What was added so far, in a buffer of its own that it fills. */
  copy(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer.slice(0, this.#size));
  }

  #reserve(more: number): void {
    if (this.#size + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#size + more));
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
  }
}
