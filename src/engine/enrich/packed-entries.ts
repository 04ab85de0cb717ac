import type { ListEntry } from './list-entry.ts';

/**
 * Any number of entries as one stretch of bytes, `low` and `bits` of each, sorted and each once: a million networks of IPv4
 * are 6 MB, where as many objects would take a hundred.
 */
export type PackedEntries = Uint8Array<ArrayBuffer>;

const FIRST_BYTES = 4_096;

/** Collects entries in any order. */
export class EntryPacker {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;
  #count = 0;

  add({ low, bits }: ListEntry): void {
    const end = this.#length + low.length + 1;
    this.#makeRoom(end);
    this.#bytes.set(low, this.#length);
    this.#bytes[end - 1] = bits;
    this.#length = end;
    this.#count += 1;
  }

  /** How many were added; the same one twice counts twice. */
  get count(): number {
    return this.#count;
  }

  /** A copy that is all of its buffer, so that it can be handed to another thread. */
  packed(): PackedEntries {
    const from = this.#bytes.subarray(0, this.#length);
    const sorted = Array.from(placesOf(from)).sort((a, b) => compare(from, a, from, b));
    const to = new Stretch(this.#length);
    for (const [index, at] of sorted.entries()) {
      const before = sorted[index - 1];
      if (before === undefined || compare(from, before, from, at) !== 0) to.take(from, at);
    }
    return to.packed();
  }

  #makeRoom(needed: number): void {
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** The entries of a packed stretch, in order; each `low` is a view of it. */
export function* unpackEntries(packed: PackedEntries): Generator<ListEntry> {
  for (const at of placesOf(packed)) {
    const end = at + sizeAt(packed, at) - 1;
    yield { low: packed.subarray(at, end), bits: packed[end] ?? 0 };
  }
}

export function countEntries(packed: PackedEntries): number {
  let count = 0;
  for (let at = 0; at < packed.length; at += sizeAt(packed, at)) count += 1;
  return count;
}

/** Which entries are in both, and which in one only. */
export function compareEntries(
  a: PackedEntries,
  b: PackedEntries,
): Readonly<Record<'both' | 'onlyA' | 'onlyB', PackedEntries>> {
  const both = new Stretch(Math.min(a.length, b.length));
  const [onlyA, onlyB] = [new Stretch(a.length), new Stretch(b.length)];
  let [inA, inB] = [0, 0];
  while (inA < a.length || inB < b.length) {
    const order = inA === a.length ? 1 : inB === b.length ? -1 : compare(a, inA, b, inB);
    if (order <= 0) (order === 0 ? both : onlyA).take(a, inA);
    if (order > 0) onlyB.take(b, inB);
    if (order >= 0) inB += sizeAt(b, inB);
    if (order <= 0) inA += sizeAt(a, inA);
  }
  return { both: both.packed(), onlyA: onlyA.packed(), onlyB: onlyB.packed() };
}

/** A stretch that is being written, of known length at most. */
class Stretch {
  readonly #bytes: PackedEntries;
  #length = 0;

  constructor(mostBytes: number) {
    this.#bytes = new Uint8Array(mostBytes);
  }

  take(from: Uint8Array, at: number): void {
    const end = at + sizeAt(from, at);
    for (let index = at; index < end; index += 1) this.#bytes[this.#length++] = from[index] ?? 0;
  }

  packed(): PackedEntries {
    return this.#bytes.slice(0, this.#length);
  }
}

function* placesOf(packed: Uint8Array): Generator<number> {
  for (let at = 0; at < packed.length; at += sizeAt(packed, at)) yield at;
}

/** Bytes of an entry: its family, the address or the number, and the bits. */
function sizeAt(packed: Uint8Array, at: number): number {
  return packed[at] === 6 ? 18 : 6;
}

/** By `low`, then `bits`: an entry before those within it. */
function compare(a: Uint8Array, inA: number, b: Uint8Array, inB: number): number {
  const size = sizeAt(a, inA);
  for (let index = 0; index < size; index += 1) {
    const difference = (a[inA + index] ?? 0) - (b[inB + index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
