/** The key `by` rows on from `key`, held within the list; an unknown `key` stands before the first. Undefined in an empty list. */
export function keyBeside(order: readonly string[], key: string | null, by: number): string | undefined {
  const at = key === null ? -1 : order.indexOf(key);
  return order[Math.min(order.length - 1, Math.max(0, at + by))];
}
