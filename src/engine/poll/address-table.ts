type Shard = { slots: Uint32Array; used: number };

const SHARDS = 256;
/** Slots of a new shard. */
const FIRST_SLOTS = 8;
const MAX_LOAD = 0.75;

/**
 * Addresses by the hash of what stands there: open addressing with linear probing. The highest 8 bits of a hash choose a
 * shard; each grows by itself, so that no addition copies more than the 256th part. Nothing is ever taken out.
 */
export class AddressTable {
  readonly #shards: (Shard | undefined)[] = Array.from({ length: SHARDS }, () => undefined);
  readonly #hashAt: (address: number) => number;

  /** `hashAt` answers the hash that an address was inserted with. */
  constructor(hashAt: (address: number) => number) {
    this.#hashAt = hashAt;
  }

  /** The address of this hash that `isSought` accepts, or 0. */
  find(hash: number, isSought: (address: number) => boolean): number {
    const slots = this.#shards[hash >>> 24]?.slots;
    if (slots === undefined) return 0;
    const last = slots.length - 1;
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const address = slots[slot] ?? 0;
      if (address === 0 || isSought(address)) return address;
    }
  }

  /** Adds an address that is not in the table. */
  insert(hash: number, address: number): void {
    const shard = (this.#shards[hash >>> 24] ??= { slots: new Uint32Array(FIRST_SLOTS), used: 0 });
    if (shard.used + 1 > shard.slots.length * MAX_LOAD) this.#grow(shard);
    put(shard.slots, hash, address);
    shard.used += 1;
  }

  /** Lets the hash of `from`, which is in the table, lead to another address. */
  replace(hash: number, from: number, to: number): void {
    const slots = this.#shards[hash >>> 24]?.slots;
    const last = (slots?.length ?? 0) - 1;
    let slot = hash & last;
    while (slots !== undefined && slots[slot] !== from) slot = (slot + 1) & last;
    if (slots !== undefined) slots[slot] = to;
  }

  *addresses(): Generator<number, void, void> {
    for (const shard of this.#shards) {
      for (const address of shard?.slots ?? []) if (address !== 0) yield address;
    }
  }

  #grow(shard: Shard): void {
    const slots = new Uint32Array(shard.slots.length * 2);
    for (const address of shard.slots) if (address !== 0) put(slots, this.#hashAt(address), address);
    shard.slots = slots;
  }
}

/** Where a hash has no room, the next free slot; there always is one. */
function put(slots: Uint32Array, hash: number, address: number): void {
  const last = slots.length - 1;
  let slot = hash & last;
  while (slots[slot] !== 0) slot = (slot + 1) & last;
  slots[slot] = address;
}
