import type { ByteArena } from './byte-arena.ts';
import type { PackedText } from './packed-text.ts';

/** Byte length × 2, plus 1 where the text is wide. */
const SHAPE = 0;
const BYTES = 4;
const FIRST_SLOTS = 512;
/** 1 MiB of slots: room to remember 262,144 texts. */
const MAX_SLOTS = 2 ** 18;
const GROWTH = 8;

/**
 * Texts that repeat, in an arena, mostly once each. Where each was put is remembered by its hash in one slot only, and the
 * next text of that slot takes it over. Forgetting costs the bytes of a text that comes again, never more: nobody can
 * slow this down by choosing texts, and a million different ones cost no more than their bytes.
 */
export class SharedTexts {
  readonly #arena: ByteArena;
  #slots = new Uint32Array(FIRST_SLOTS);
  #stored = 0;

  constructor(arena: ByteArena) {
    this.#arena = arena;
  }

  /** The address to ask `read` for the text. */
  store(text: PackedText): number {
    const shape = text.byteLength * 2 + Number(text.isWide);
    const known = this.#slots[text.hash & (this.#slots.length - 1)] ?? 0;
    if (known !== 0 && this.#arena.word(known, SHAPE) === shape && this.#arena.holds(known, BYTES, text))
      return known;
    const address = this.#arena.allocate(BYTES + text.byteLength);
    this.#arena.setWord(address, SHAPE, shape);
    this.#arena.write(address, BYTES, text);
    this.#remember(text.hash, address);
    return address;
  }

  read(address: number): string {
    const shape = this.#arena.word(address, SHAPE);
    return this.#arena.text(address, BYTES, shape >>> 1, (shape & 1) === 1);
  }

  load(into: PackedText, address: number): void {
    const shape = this.#arena.word(address, SHAPE);
    this.#arena.loadText(into, address, BYTES, shape >>> 1, (shape & 1) === 1);
  }

  /** More slots begin empty: the texts so far are a small part of what is to come, and may stand there twice. */
  #remember(hash: number, address: number): void {
    this.#stored += 1;
    if (this.#stored > this.#slots.length && this.#slots.length < MAX_SLOTS)
      this.#slots = new Uint32Array(this.#slots.length * GROWTH);
    this.#slots[hash & (this.#slots.length - 1)] = address;
  }
}
