import type { FileBytes } from './file-bytes.ts';

export type TreeShape = {
  readonly nodeCount: number;
  /** Of one of a node's two records. */
  readonly recordBits: 24 | 28 | 32;
  readonly ipVersion: 4 | 6;
};

/** What the tree says of an address: where its record is in the data section, or null; and how many bits of it decided. */
export type Found = { readonly offset: number | null; readonly prefixLength: number };

/** Bytes of zeros between the tree and the data. */
const SEPARATOR_BYTES = 16;
/** IPv4 addresses in a tree of IPv6 are those whose first 96 bits are 0. */
const BITS_BEFORE_IPV4 = 96;

/** The tree of networks at the beginning of a MaxMind database file. */
export class MmdbTree {
  readonly #bytes: FileBytes;
  readonly #shape: TreeShape;
  readonly #nodeBytes: number;
  readonly #firstOfIpv4: number;

  constructor(bytes: FileBytes, shape: TreeShape) {
    this.#bytes = bytes;
    this.#shape = shape;
    this.#nodeBytes = shape.recordBits / 4;
    this.#firstOfIpv4 = shape.ipVersion === 4 ? 0 : this.#follow([0, 0, 0], 0, BITS_BEFORE_IPV4).record;
  }

  /** Where the data section begins. */
  get dataStart(): number {
    return this.#shape.nodeCount * this.#nodeBytes + SEPARATOR_BYTES;
  }

  /** Of an address as `addressWords` answers it. An IPv6 address is the caller's not to ask of a tree of IPv4. */
  find(words: readonly number[]): Found {
    const first = words.length === 1 ? this.#firstOfIpv4 : 0;
    const { record, depth } = this.#follow(words, first, words.length * 32);
    const { nodeCount } = this.#shape;
    // The number of nodes itself means that nothing is known; a node is left where the tree is deeper than the address.
    const offset = record > nodeCount ? record - nodeCount - SEPARATOR_BYTES : null;
    return { offset, prefixLength: depth };
  }

  /** Down from a node, bit by bit, until a record is no node or the bits are used up. */
  #follow(words: readonly number[], first: number, bits: number): { record: number; depth: number } {
    let record = first;
    let depth = 0;
    for (; depth < bits && record < this.#shape.nodeCount; depth += 1) {
      const bit = ((words[depth >> 5] ?? 0) >>> (31 - (depth & 31))) & 1;
      record = bit === 0 ? this.#left(record) : this.#right(record);
    }
    return { record, depth };
  }

  #left(node: number): number {
    const at = this.#bytes.locate(node * this.#nodeBytes, this.#nodeBytes);
    const { view } = this.#bytes;
    if (this.#shape.recordBits === 32) return view.readUInt32BE(at);
    const low = view.readUIntBE(at, 3);
    return this.#shape.recordBits === 24 ? low : ((view[at + 3] ?? 0) & 0xf0) * 2 ** 20 + low;
  }

  #right(node: number): number {
    const at = this.#bytes.locate(node * this.#nodeBytes, this.#nodeBytes);
    const { view } = this.#bytes;
    if (this.#shape.recordBits === 32) return view.readUInt32BE(at + 4);
    if (this.#shape.recordBits === 24) return view.readUIntBE(at + 3, 3);
    return ((view[at + 3] ?? 0) & 0x0f) * 2 ** 24 + view.readUIntBE(at + 4, 3);
  }
}
