/**
 * What a rule hit, by key and in time order: the first of a key is the one that is told, and of all only the latest `max`, so that
 * somebody who is hit a million times takes no more memory than others.
 */
export class LatestHits<Hit> {
  readonly #hits = new Map<string, Hit>();
  readonly #max: number;
  readonly #onDropped: (hit: Hit) => void;

  constructor(max: number, onDropped: (hit: Hit) => void) {
    this.#max = max;
    this.#onDropped = onDropped;
  }

  has(key: string): boolean {
    return this.#hits.has(key);
  }

  get(key: string): Hit | undefined {
    return this.#hits.get(key);
  }

  keep(key: string, hit: Hit): void {
    this.#hits.set(key, hit);
    // Now and then, because finding a map's oldest entry takes longer the more were deleted before it.
    if (this.#hits.size >= 2 * this.#max) this.#dropOldest();
  }

  list(): readonly Hit[] {
    this.#dropOldest();
    return [...this.#hits.values()];
  }

  #dropOldest(): void {
    let excess = this.#hits.size - this.#max;
    for (const [key, hit] of this.#hits) {
      if (excess <= 0) return;
      excess -= 1;
      this.#hits.delete(key);
      this.#onDropped(hit);
    }
  }
}
