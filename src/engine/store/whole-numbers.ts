/**
 * Appends a whole number up to ±2⁵² in as few bytes as it needs, seven bits each, the lowest first. Negative ones lie between the
 * others (0, -1, 1, -2, …), so that what is near zero is short: zigzag LEB128, as Protocol Buffers write a `sint64`.
 */
export function writeWhole(bytes: number[], value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

/** Reads what `writeWhole` wrote, one number after the other. */
export class WholeNumbers {
  readonly #bytes: Uint8Array;
  /** Where the next one begins. */
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  next(): number {
    let [value, weight, byte] = [0, 1, 0x80];
    for (; byte > 0x7f; weight *= 0x80) {
      byte = this.#bytes[this.at] ?? 0;
      this.at += 1;
      value += (byte & 0x7f) * weight;
    }
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }
}
