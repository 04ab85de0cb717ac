import { wordAt, type ListEntry } from './list-entry.ts';

/** Networks of both families with a number each, found by an address they hold. */
export type CidrIndex = {
  /** Calls `visit` with each network around an address (its 32-bit words, highest first), the narrowest first. */
  around(words: readonly number[], visit: (value: number, bits: number) => void): void;
};

/**
 * Collects networks, in any order, as an index: they lie within each other or apart, so that one binary search and a walk
 * outwards finds all. Typed arrays: a million IPv4 networks take 13 MB.
 */
export class CidrIndexBuilder {
  readonly #ipv4 = new Rows(1, FIRST_ROWS);
  readonly #ipv6 = new Rows(4, FIRST_ROWS);

  add({ low, bits }: ListEntry, value: number): void {
    (low[0] === 4 ? this.#ipv4 : this.#ipv6).add(low, bits, value);
  }

  build(): CidrIndex {
    const families = [new Family(this.#ipv4), new Family(this.#ipv6)];
    return {
      around: (words, visit) =>
        families.find(({ rows }) => rows.words === words.length)?.around(words, visit),
    };
  }
}

const FIRST_ROWS = 64;
const OUTERMOST = -1;

/** Networks of one family. Row r has the words r × `words` … of `lows`. */
class Rows {
  readonly words: 1 | 4;
  length = 0;
  lows: Uint32Array;
  bits: Uint8Array;
  values: Uint32Array;

  constructor(words: 1 | 4, capacity: number) {
    this.words = words;
    this.lows = new Uint32Array(capacity * words);
    this.bits = new Uint8Array(capacity);
    this.values = new Uint32Array(capacity);
  }

  add(low: Uint8Array, bits: number, value: number): void {
    if (this.length === this.bits.length) this.#double();
    for (let word = 0; word < this.words; word += 1) {
      this.lows[this.length * this.words + word] = wordAt(low, 1 + 4 * word);
    }
    this.bits[this.length] = bits;
    this.values[this.length] = value;
    this.length += 1;
  }

  /** By the first address, a network before those within it; no room is left over. What comes in order stays quick. */
  sorted(): Rows {
    const order = Array.from({ length: this.length }, (_, row) => row).sort(
      (a, b) => this.compare(a, this.lows, b * this.words) || (this.bits[a] ?? 0) - (this.bits[b] ?? 0),
    );
    const rows = new Rows(this.words, this.length);
    for (const [to, from] of order.entries()) {
      rows.lows.set(this.lows.subarray(from * this.words, (from + 1) * this.words), to * this.words);
      rows.bits[to] = this.bits[from] ?? 0;
      rows.values[to] = this.values[from] ?? 0;
    }
    rows.length = this.length;
    return rows;
  }

  /** The first address of a row against the words from `at` on. */
  compare(row: number, words: ArrayLike<number>, at: number): number {
    for (let word = 0; word < this.words; word += 1) {
      const difference = (this.lows[row * this.words + word] ?? 0) - (words[at + word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Whether the words from `at` on begin with the bits of a row. */
  holds(row: number, words: ArrayLike<number>, at: number): boolean {
    let bits = this.bits[row] ?? 0;
    for (let word = 0; bits > 0; word += 1, bits -= 32) {
      const differing = (this.lows[row * this.words + word] ?? 0) ^ (words[at + word] ?? 0);
      if (differing >>> (bits >= 32 ? 0 : 32 - bits) !== 0) return false;
    }
    return true;
  }

  #double(): void {
    const { lows, bits, values } = this;
    this.lows = new Uint32Array(lows.length * 2);
    this.bits = new Uint8Array(bits.length * 2);
    this.values = new Uint32Array(values.length * 2);
    this.lows.set(lows);
    this.bits.set(bits);
    this.values.set(values);
  }
}

class Family {
  readonly rows: Rows;
  /** The row of the narrowest network around each one, of equal ones the one before. */
  readonly #parents: Int32Array;

  constructor(unsorted: Rows) {
    const rows = unsorted.sorted();
    this.rows = rows;
    this.#parents = new Int32Array(rows.length);
    for (let row = 0; row < rows.length; row += 1) {
      let parent = row - 1;
      while (parent !== OUTERMOST && !rows.holds(parent, rows.lows, row * rows.words)) {
        parent = this.#parents[parent] ?? OUTERMOST;
      }
      this.#parents[row] = parent;
    }
  }

  around(words: readonly number[], visit: (value: number, bits: number) => void): void {
    const { rows } = this;
    for (let row = this.#lastNotAfter(words); row !== OUTERMOST; row = this.#parents[row] ?? OUTERMOST) {
      if (rows.holds(row, words, 0)) visit(rows.values[row] ?? 0, rows.bits[row] ?? 0);
    }
  }

  #lastNotAfter(words: readonly number[]): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.rows.compare(middle, words, 0) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
