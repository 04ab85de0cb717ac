const BITS = 32;
/** A number without these last bits is that of its word; rows are numbered up to four thousand million. */
const WORD = 5;

/** More rows than there ever are. */
export const ALL_ROWS = Number.MAX_SAFE_INTEGER - 1;

/** Row numbers as bits: a million of them are 125 KB, and asking for one costs next to nothing. */
export class RowSet {
  readonly size: number;
  readonly #words: Uint32Array;

  private constructor(words: Uint32Array) {
    this.#words = words;
    this.size = words.reduce((sum, word) => sum + bitsOf(word), 0);
  }

  static of(ids: readonly number[]): RowSet {
    let highest = 0;
    for (const id of ids) if (id > highest) highest = id;
    const words = new Uint32Array((highest >>> WORD) + 1);
    for (const id of ids) addTo(words, id);
    return new RowSet(words);
  }

  /** Every number as far as this one, and those that share its word. */
  static upTo(highest: number): RowSet {
    return new RowSet(new Uint32Array((highest >>> WORD) + 1).fill(0xffffffff));
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  has(id: number): boolean {
    return isIn(this.#words, id);
  }

  and(other: RowSet): RowSet {
    const length = Math.min(this.#words.length, other.#words.length);
    return new RowSet(this.#words.slice(0, length).map((word, at) => word & (other.#words[at] ?? 0)));
  }

  without(other: RowSet): RowSet {
    return new RowSet(this.#words.map((word, at) => word & ~(other.#words[at] ?? 0)));
  }

  or(other: RowSet): RowSet {
    const [longer, shorter] =
      this.#words.length >= other.#words.length ? [this.#words, other.#words] : [other.#words, this.#words];
    return new RowSet(longer.map((word, at) => word | (shorter[at] ?? 0)));
  }

  ids(): number[] {
    return idsIn(this.#words);
  }
}

/** The same, of which rows come and go one by one. */
export class ChangingRowSet {
  #words = new Uint32Array(256);

  /** Answers whether it was not in it. */
  add(id: number): boolean {
    if (isIn(this.#words, id)) return false;
    const length = (id >>> WORD) + 1;
    if (length > this.#words.length) {
      const words = new Uint32Array(Math.max(length, this.#words.length * 2));
      words.set(this.#words);
      this.#words = words;
    }
    addTo(this.#words, id);
    return true;
  }

  has(id: number): boolean {
    return isIn(this.#words, id);
  }

  delete(id: number): void {
    const at = id >>> WORD;
    if (isIn(this.#words, id)) this.#words[at] = (this.#words[at] ?? 0) & ~(1 << (id % BITS));
  }

  ids(): number[] {
    return idsIn(this.#words);
  }
}

function isIn(words: Uint32Array, id: number): boolean {
  return ((words[id >>> WORD] ?? 0) & (1 << (id % BITS))) !== 0;
}

function addTo(words: Uint32Array, id: number): void {
  words[id >>> WORD] = (words[id >>> WORD] ?? 0) | (1 << (id % BITS));
}

/** Ascending. */
function idsIn(words: Uint32Array): number[] {
  const ids: number[] = [];
  for (const [at, word] of words.entries()) {
    for (let rest = word; rest !== 0; rest &= rest - 1) ids.push(at * BITS + bitsOf((rest & -rest) - 1));
  }
  return ids;
}

function bitsOf(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
