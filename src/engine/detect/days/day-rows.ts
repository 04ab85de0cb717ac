/** Rows there is room for at first; doubled as often as it takes. */
const FIRST_ROOM = 256;

/**
 * Some whole numbers (of 32 bits, as many as there are columns) for a key and a day. They lie outside of V8's heap, in a
 * fifth of the memory that small arrays take, and no collection walks through them.
 */
export class DayRows {
  readonly #width: number;
  readonly #numbers: ReadonlyMap<string, number>;
  /** Of each key the row where its own begin; at the end, the one behind the last. */
  readonly #starts: Int32Array;
  /** A row is the day and the columns. */
  readonly #table: Int32Array;

  /** @param rows the number of the key, the day and the columns of each, those of a key in the order of days */
  constructor(numbers: ReadonlyMap<string, number>, rows: Int32Array, columns: number) {
    this.#width = columns + 1;
    this.#numbers = numbers;
    this.#starts = startsOf(rows, columns + 2, numbers.size);
    this.#table = byKey(rows, columns + 2, this.#starts);
  }

  keys(): Iterable<string> {
    return this.#numbers.keys();
  }

  /** How many keys have a row from one day to another, both included. */
  countKeys(fromDay: number, toDay: number): number {
    let count = 0;
    for (let number = 0; number < this.#numbers.size; number += 1) {
      const behind = this.#starts[number + 1] ?? 0;
      const row = this.#firstSince(fromDay, this.#starts[number] ?? 0, behind);
      if (row < behind && this.#dayOf(row) <= toDay) count += 1;
    }
    return count;
  }

  /** The rows of a key from one day to another, both included, in order: the first of them and the one behind the last. */
  between(key: string, fromDay: number, toDay: number): readonly [first: number, behind: number] {
    const number = this.#numbers.get(key);
    if (number === undefined) return [0, 0];
    const [first, behind] = [this.#starts[number] ?? 0, this.#starts[number + 1] ?? 0];
    return [this.#firstSince(fromDay, first, behind), this.#firstSince(toDay + 1, first, behind)];
  }

  at(row: number, column: number): number {
    return this.#table[row * this.#width + 1 + column] ?? 0;
  }

  /** The first row of some of a key's that is not before a day, by halving. */
  #firstSince(day: number, first: number, behind: number): number {
    let [low, high] = [first, behind];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#dayOf(middle) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #dayOf(row: number): number {
    return this.#table[row * this.#width] ?? 0;
  }
}

/** Takes the rows in the order of days. */
export class DayRowsBuilder {
  readonly #columns: number;
  readonly #numbers = new Map<string, number>();
  #rows: Int32Array;
  #length = 0;

  constructor(columns: number) {
    this.#columns = columns;
    this.#rows = new Int32Array(FIRST_ROOM * (columns + 2));
  }

  /** A key once a day, with as many numbers as there are columns. */
  add(key: string, day: number, ...columns: readonly number[]): void {
    if (this.#length === this.#rows.length) this.#rows = enlarged(this.#rows);
    this.#rows.set([this.#numberOf(key), day, ...columns], this.#length);
    this.#length += this.#columns + 2;
  }

  build(): DayRows {
    return new DayRows(this.#numbers, this.#rows.subarray(0, this.#length), this.#columns);
  }

  #numberOf(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }
}

function enlarged(rows: Int32Array): Int32Array {
  const larger = new Int32Array(2 * rows.length);
  larger.set(rows);
  return larger;
}

function startsOf(rows: Int32Array, width: number, keys: number): Int32Array {
  const starts = new Int32Array(keys + 1);
  for (let at = 0; at < rows.length; at += width) {
    const next = (rows[at] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let key = 1; key <= keys; key += 1) starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0);
  return starts;
}

function byKey(rows: Int32Array, width: number, starts: Int32Array): Int32Array {
  const table = new Int32Array((rows.length / width) * (width - 1));
  const next = starts.slice();
  for (let at = 0; at < rows.length; at += width) {
    const key = rows[at] ?? 0;
    const row = next[key] ?? 0;
    next[key] = row + 1;
    table.set(rows.subarray(at + 1, at + width), row * (width - 1));
  }
  return table;
}
