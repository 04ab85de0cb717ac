/** Cuts a list, in its order, into parts of `size` and a last one of what is left. */
export function* inParts<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
