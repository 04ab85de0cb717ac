/**
 * A Map that keeps at least the `limit / 2` entries that were used last, and at most `limit`. Two generations: when the younger one is
 * full it becomes the older one, and what nobody asked for meanwhile goes with that. Keeping exact order costs more than most
 * values take to compute.
 */
export class BoundedMap<K, V> {
  readonly #limit: number;
  #younger = new Map<K, V>();
  #older = new Map<K, V>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** undefined: not kept. */
  get(key: K): V | undefined {
    const recent = this.#younger.get(key);
    if (recent !== undefined) return recent;
    const value = this.#older.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#younger.set(key, value);
    if (this.#younger.size < this.#limit / 2) return;
    this.#older = this.#younger;
    this.#younger = new Map();
  }

  clear(): void {
    this.#younger = new Map();
    this.#older = new Map();
  }
}

/** A function's answers kept by text; what was not asked for long goes first. */
export type BoundedMemo<T> = { get(key: string): T; clear(): void };

/** Remembers answers of `compute`, which must answer the same for the same key, as many as a `BoundedMap` of this limit holds. */
export function boundedMemo<T>(limit: number, compute: (key: string) => T): BoundedMemo<T> {
  const answers = new BoundedMap<string, { readonly value: T }>(limit);
  return {
    get(key) {
      const known = answers.get(key);
      if (known !== undefined) return known.value;
      const value = compute(key);
      answers.set(key, { value });
      return value;
    },
    clear: () => answers.clear(),
  };
}
