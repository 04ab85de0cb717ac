/**
 * A text as bytes: one a character where Latin-1 has them all, otherwise two (UTF-16), which keeps lone surrogates too.
 * Holds one text at a time, so that it can be used again and again without making anything.
 */
export class PackedText {
  #bytes = Buffer.alloc(128);
  #byteLength = 0;
  #isWide = false;
  #hash = 0;

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  get isWide(): boolean {
    return this.#isWide;
  }

  /** 32 bits. Nobody's secret and not safe against one who chooses the texts: bound what a collision may cost. */
  get hash(): number {
    return this.#hash;
  }

  pack(text: string): this {
    this.#reserve(text.length * 2);
    this.#isWide = !isLatin1(text);
    this.#byteLength = this.#bytes.write(text, 0, this.#isWide ? 'utf16le' : 'latin1');
    this.#hash = hashOf(this.#bytes, this.#byteLength);
    return this;
  }

  /** Takes over what is packed already. */
  load(from: Uint8Array, at: number, byteLength: number, isWide: boolean): this {
    this.#reserve(byteLength);
    for (let index = 0; index < byteLength; index += 1) this.#bytes[index] = from[at + index] ?? 0;
    this.#isWide = isWide;
    this.#byteLength = byteLength;
    this.#hash = hashOf(this.#bytes, byteLength);
    return this;
  }

  /** Leaves nothing of the text behind. */
  wipe(): void {
    for (let index = 0; index < this.#byteLength; index += 1) this.#bytes[index] = 0;
    this.#byteLength = 0;
    this.#hash = 0;
  }

  #reserve(byteLength: number): void {
    if (byteLength <= this.#bytes.length) return;
    this.wipe();
    this.#bytes = Buffer.alloc(byteLength * 2);
  }
}

function isLatin1(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0xff) return false;
  return true;
}

/** FNV-1a, and the last step of MurmurHash3 behind it, since tables use the lowest and the highest bits. */
function hashOf(bytes: Uint8Array, byteLength: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < byteLength; index += 1)
    hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
