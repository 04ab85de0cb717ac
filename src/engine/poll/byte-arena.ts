import type { PackedText } from './packed-text.ts';

type Block = { readonly buffer: ArrayBuffer; readonly words: Uint32Array; readonly bytes: Buffer };

const WORD_BYTES = 4;
/**
 * What a block of the usual size (64 MiB) holds; what is larger gets a block to itself. Pages that nothing is written to take
 * no memory. Above 32 MiB (`M_MMAP_THRESHOLD` of mallopt(3)) freed memory always goes back to the system; smaller blocks
 * stay with the process, which then holds on to the memory of a list that is gone.
 */
const BLOCK_WORDS = 2 ** 24;
/** A short list must not reserve so much: the first blocks have 4 KiB, 8 KiB and so on, together 1 MiB. */
const SMALL_BLOCKS = 8;
const FIRST_BLOCK_BYTES = 4096;
/** Addresses have 32 bits. */
const MAX_BLOCKS = 2 ** 32 / BLOCK_WORDS;

/**
 * Memory outside the JavaScript heap, handed out piece by piece and given back as a whole. It grows by blocks that
 * never move. An address is a number of 32 bits, never 0; behind it are as many words and bytes as were asked for.
 */
export class ByteArena {
  readonly #blocks: Block[] = [];
  #nextWord = 0;
  #freeWords = 0;

  /** The address of so many zeros. */
  allocate(byteLength: number): number {
    const words = Math.ceil(byteLength / WORD_BYTES);
    // Address 0 stays free to mean none; no other block needs the gap, but one rule is simpler than two.
    if (words > this.#freeWords) this.#addBlock(words + 1);
    const address = (this.#blocks.length - 1) * BLOCK_WORDS + this.#nextWord;
    this.#nextWord += words;
    this.#freeWords = Math.min(this.#freeWords - words, BLOCK_WORDS - this.#nextWord);
    return address;
  }

  word(address: number, index: number): number {
    return this.#block(address).words[(address % BLOCK_WORDS) + index] ?? 0;
  }

  setWord(address: number, index: number, value: number): void {
    this.#block(address).words[(address % BLOCK_WORDS) + index] = value;
  }

  /** Writes a text `offset` bytes behind the address. */
  write(address: number, offset: number, text: PackedText): void {
    const { bytes } = this.#block(address);
    const from = (address % BLOCK_WORDS) * WORD_BYTES + offset;
    const source = text.bytes;
    // Most texts are so short that a call of `set` or `fill` costs more than the loop.
    for (let index = 0; index < text.byteLength; index += 1) bytes[from + index] = source[index] ?? 0;
  }

  wipe(address: number, offset: number, byteLength: number): void {
    const { bytes } = this.#block(address);
    const from = (address % BLOCK_WORDS) * WORD_BYTES + offset;
    for (let index = 0; index < byteLength; index += 1) bytes[from + index] = 0;
  }

  text(address: number, offset: number, byteLength: number, isWide: boolean): string {
    const from = (address % BLOCK_WORDS) * WORD_BYTES + offset;
    return this.#block(address).bytes.toString(isWide ? 'utf16le' : 'latin1', from, from + byteLength);
  }

  /** The same, as it is packed. */
  loadText(into: PackedText, address: number, offset: number, byteLength: number, isWide: boolean): void {
    into.load(this.#block(address).bytes, (address % BLOCK_WORDS) * WORD_BYTES + offset, byteLength, isWide);
  }

  /** Whether these bytes stand there; how many there are is the caller's to know. */
  holds(address: number, offset: number, text: PackedText): boolean {
    const { bytes } = this.#block(address);
    const from = (address % BLOCK_WORDS) * WORD_BYTES + offset;
    const expected = text.bytes;
    for (let index = 0; index < text.byteLength; index += 1)
      if (bytes[from + index] !== expected[index]) return false;
    return true;
  }

  /** Overwrites everything with zeros and gives the memory back at once, not when the garbage is next collected. */
  clear(): void {
    const last = this.#blocks.at(-1);
    for (const block of this.#blocks) {
      // What was never handed out is zeros that take no memory yet.
      block.bytes.fill(0, 0, block === last ? this.#nextWord * WORD_BYTES : undefined);
      block.buffer.transfer(0);
    }
    this.#blocks.length = 0;
    this.#freeWords = 0;
  }

  #addBlock(words: number): void {
    if (this.#blocks.length === MAX_BLOCKS) throw new RangeError('the arena is full');
    const blocks = this.#blocks.length;
    const usual = blocks < SMALL_BLOCKS ? FIRST_BLOCK_BYTES * 2 ** blocks : BLOCK_WORDS * WORD_BYTES;
    const buffer = new ArrayBuffer(Math.max(usual, words * WORD_BYTES));
    this.#blocks.push({ buffer, words: new Uint32Array(buffer), bytes: Buffer.from(buffer) });
    this.#nextWord = 1;
    this.#freeWords = buffer.byteLength / WORD_BYTES - 1;
  }

  #block(address: number): Block {
    const block = this.#blocks[Math.floor(address / BLOCK_WORDS)];
    if (block === undefined) throw new RangeError('there is nothing at this address');
    return block;
  }
}
