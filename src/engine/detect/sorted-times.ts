/** Index of the first element ≥ `atMs` in an ascending list; its length when there is none. O(log n). */
export function lowerBound(times: readonly number[], atMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Infinity) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same of a list that is in the order of a moment each element has. */
export function lowerBoundBy<T>(list: readonly T[], atMs: number, momentOf: (element: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const element = list[middle];
    if (element !== undefined && momentOf(element) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
