/** A function's answers kept by text; what was not asked for longest goes first. */
export type BoundedMemo<T> = { get(key: string): T; clear(): void };

/** Remembers at most `limit` answers of `compute`, which must answer the same for the same key. */
export function boundedMemo<T>(limit: number, compute: (key: string) => T): BoundedMemo<T> {
  const answers = new Map<string, { value: T }>();
  return {
    get(key) {
      const known = answers.get(key);
      const answer = known ?? { value: compute(key) };
      // A Map keeps the order of insertion: putting an entry back in makes it the youngest.
      if (known !== undefined) answers.delete(key);
      answers.set(key, answer);
      for (const oldest of answers.keys()) {
        if (answers.size <= limit) break;
        answers.delete(oldest);
      }
      return answer.value;
    },
    clear: () => answers.clear(),
  };
}
