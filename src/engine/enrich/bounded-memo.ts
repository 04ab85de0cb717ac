/** A function's answers kept by text; what was not asked for long goes first. */
export type BoundedMemo<T> = { get(key: string): T; clear(): void };

/**
 * Remembers at least the last `limit / 2` and at most `limit` answers of `compute`, which must answer the same for the same
 * key. Two generations: when the younger one is full it becomes the older one, and what nobody asked for meanwhile goes
 * with that. Keeping exact order in one Map costs more than most answers do.
 */
export function boundedMemo<T>(limit: number, compute: (key: string) => T): BoundedMemo<T> {
  let younger = new Map<string, { readonly value: T }>();
  let older = new Map<string, { readonly value: T }>();
  return {
    get(key) {
      const recent = younger.get(key);
      if (recent !== undefined) return recent.value;
      const answer = older.get(key) ?? { value: compute(key) };
      younger.set(key, answer);
      if (younger.size >= limit / 2) {
        older = younger;
        younger = new Map();
      }
      return answer.value;
    },
    clear: () => {
      younger = new Map();
      older = new Map();
    },
  };
}
